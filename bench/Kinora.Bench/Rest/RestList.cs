using System.Diagnostics;
using System.Text.Json;
using Kinora.Adapters.Sql;
using Kinora.Bench.Mcp;

namespace Kinora.Bench.Rest;

/// <summary>Pages of 50 out of a million rows of one user: the first, deep ones by cursor and by offset, filtered ones.</summary>
internal static class RestList
{
    private const int Rows = 1_000_000;
    private const int Asks = 300;

    public static async Task RunAsync(RestScene scene)
    {
        var first = await scene.KinoraAsync();
        using (var http = await RestScene.SignInAsync(first.Url))
        {
            await RestScene.MakeVideoAsync(http);
        }

        scene.Stop(first.Process);
        var began = Stopwatch.GetTimestamp();
        var middle = Fill(scene.Database);
        McpBench.Print($"rest list: limit=50 out of {Rows:N0} rows, {Asks} requests each, one at a time (filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s)");

        var kinora = await scene.KinoraAsync();
        using var signedIn = await RestScene.SignInAsync(kinora.Url);
        foreach (var (name, query) in new[]
        {
            ("first page", ""), ("by cursor, from the middle", $"&cursor={middle}"), ("offset 1,000", "&offset=1000"), ("offset 100,000", "&offset=100000"),
            ("status=failed (1 in 1,000)", "&status=failed"), ("q, in every prompt", "&q=fox"),
        })
        {
            Ask(kinora.Url, RestScene.Get(kinora.Url, $"/api/videos?limit=50{query}", signedIn), name);
        }

        McpBench.Print($"(goal: p99 under 20 ms for a page)");
    }

    private static void Ask(Uri url, byte[] request, string name)
    {
        using var connection = new HttpConnection(url);
        var times = new List<double>();
        var rows = 0;
        for (var n = -20; n < Asks; n++)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = connection.Exchange(request);
            if (n >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            if (n == 0)
            {
                using var json = JsonDocument.Parse(answer.ToArray());
                rows = json.RootElement.GetProperty("videos").GetArrayLength();
            }
        }

        times.Sort();
        McpBench.Print($"{name,-28} p50 {times[Asks / 2]:0.00}  p99 {times[Asks * 99 / 100]:0.00}  worst {times[^1]:0.00} ms  ({rows} rows)");
    }

    /// <summary>Copies the one real row a million times. Returns the id of one in the middle.</summary>
    private static string Fill(string database)
    {
        using var connection = SqliteLibrary.Open(database, busySeconds: 30);
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText =
            $"""
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
             INSERT INTO jobs (id, owner, kind, provider, model, request, prompt, body_hash, status, reason, progress, estimate_micros, charged_micros, cost_micros, created_at, updated_at, ended_at)
             SELECT lower(hex(randomblob(16))), j.owner, j.kind, j.provider, j.model, j.request, j.prompt, j.body_hash, CASE WHEN i % 1000 = 0 THEN 'failed' ELSE 'completed' END, j.reason, 1,
                    j.estimate_micros, j.charged_micros, j.cost_micros, j.created_at + i, j.updated_at + i, j.ended_at + i
             FROM n, (SELECT * FROM jobs LIMIT 1) j;
             SELECT id FROM jobs WHERE seq = {Rows / 2};
             """;
        return (string)command.ExecuteScalar()!;
    }
}
