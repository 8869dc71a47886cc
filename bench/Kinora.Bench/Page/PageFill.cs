using System.Diagnostics;
using System.Runtime.InteropServices;
using Kinora.Adapters.Sql;
using Kinora.Bench.Mcp;
using Kinora.Bench.Rest;

namespace Kinora.Bench.Page;

/// <summary>
/// Completed videos of one user: a few are made by the built-in renderer, the others are copies of their rows by SQL, each with stills under its own id that are
/// hard links of the real ones. One in a thousand has lost its files, as after a disk's fault: the grid must bear that.
/// </summary>
internal static partial class PageFill
{
    public const int Rows = 100_000;

    private static readonly string[] _prompts =
    [
        "A paper boat sails down a rainy street", "A red kite over dunes", "The sea at dawn, slow pan", "A lighthouse in fog with gulls that circle it while the tide comes in",
        "A cat on a warm roof", "Neon harbour at night",
    ];

    public static async Task RunAsync(RestScene scene)
    {
        var served = await scene.KinoraAsync();
        using (var http = await RestScene.SignInAsync(served.Url))
        {
            foreach (var prompt in _prompts)
            {
                await RestScene.MakeVideoAsync(http, new { prompt, size = "640x360", seconds = "2" });
            }
        }

        scene.Stop(served.Process);
        var began = Stopwatch.GetTimestamp();
        var copies = Copy(scene.Database);
        foreach (var (id, source) in copies)
        {
            Link(Path.Combine(scene.Data, "assets"), source, id);
        }

        McpBench.Print($"filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    /// <returns>Those that get files, with what they are copies of.</returns>
    private static List<(string Id, string Source)> Copy(string database)
    {
        using var connection = SqliteLibrary.Open(database, busySeconds: 30);
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText =
            $"""
             CREATE TEMP TABLE made AS SELECT row_number() OVER (ORDER BY seq) - 1 AS n, * FROM jobs;
             CREATE TEMP TABLE copies AS
               WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows - _prompts.Length})
               SELECT i, lower(hex(randomblob(16))) AS id, i * 7919 % {_prompts.Length} AS n FROM n;
             INSERT INTO jobs (id, owner, kind, provider, model, request, prompt, body_hash, status, reason, progress, estimate_micros, charged_micros, cost_micros, created_at, updated_at, ended_at)
             SELECT c.id, j.owner, j.kind, j.provider, j.model, j.request, j.prompt, j.body_hash, j.status, j.reason, j.progress,
                    j.estimate_micros, j.charged_micros, j.cost_micros, j.created_at + c.i, j.updated_at + c.i, j.ended_at + c.i
             FROM copies c JOIN made j USING (n) ORDER BY c.i;
             INSERT INTO assets (job_id, role, idx, file_name, mime_type, bytes, sha256, width, height, seconds, cols, rows, alpha)
             SELECT c.id, a.role, a.idx, a.file_name, a.mime_type, a.bytes, a.sha256, a.width, a.height, a.seconds, a.cols, a.rows, a.alpha
             FROM copies c JOIN made j USING (n) JOIN assets a ON a.job_id = j.id;
             SELECT c.id, j.id FROM copies c JOIN made j USING (n) WHERE c.i % 1000 <> 0;
             """;
        using var reader = command.ExecuteReader();
        var copies = new List<(string, string)>(Rows);
        while (reader.Read())
        {
            copies.Add((reader.GetString(0), reader.GetString(1)));
        }

        return copies;
    }

    /// <summary>The stills alone: nobody opens these videos.</summary>
    private static void Link(string assets, string from, string to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(assets, to[..2], to)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(assets, from[..2], from)).Where(f => !f.EndsWith(".mp4", StringComparison.Ordinal)))
        {
            if (Link(file, Path.Combine(folder, Path.GetFileName(file))) != 0)
            {
                throw new IOException($"No link of {file}: error {Marshal.GetLastPInvokeError()}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
