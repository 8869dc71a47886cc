using System.Diagnostics;
using System.Text;

namespace Kinora.Bench.Mcp;

/// <summary>
/// <c>download_video</c> of 200 MiB. Kinora's worker has fetched and checked the result before, when the job ended, so that the call copies a file; the peers fetch
/// during the call, whole into memory. What the worker's part took is printed beside it.
/// </summary>
internal static class McpDownload
{
    private const int Rounds = 5;

    public static async Task RunAsync(McpScene scene)
    {
        var program = scene.Program;
        await program.StartLabAsync();
        var small = await MakeAsync(program, "lab:running=1", "small.mp4");
        var large = await MakeAsync(program, $"lab:running=1,bytes={StubServer.ContentBytes}", "large.mp4");
        using var kinora = scene.Kinora();
        using var peer = scene.Peer();
        kinora.Open();
        peer.Open();
        var contenders = new[]
        {
            new Contender("kinora", kinora, large.Id, Path.Combine(program.Folder, "data", "videos"), Named: "kinora.mp4"),
            new Contender("peer stand-in", peer, "video_1", program.Folder, Path.Combine(program.Folder, "peer.mp4")),
        };
        var (copies, streams) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                Measure(contender);
            }

            copies.Add(await CopyAsync(program));
            streams.Add(await StreamAsync(scene.Provider, Path.Combine(program.Folder, "stream.mp4")));
        }

        McpBench.Print($"mcp download: download_video of {StubServer.ContentBytes >> 20} MiB, {Rounds} rounds in turn after a first one (median, fastest; memory over what was resident before)");
        foreach (var c in contenders)
        {
            McpBench.Print($"{c.Name,-16} {c.Times.Skip(1).Median(),5:0} ms {c.Times.Skip(1).Min(),5:0} ms  + {c.Added.Max():0} MiB (first call {c.Times[0]:0} ms)");
        }

        McpBench.Print($"cp               {copies.Skip(1).Median(),5:0} ms {copies.Skip(1).Min(),5:0} ms");
        McpBench.Print($"streamed fetch   {streams.Skip(1).Median(),5:0} ms {streams.Skip(1).Min(),5:0} ms");
        McpBench.Print($"kinora / peer    {contenders[0].Times.Skip(1).Median() / contenders[1].Times.Skip(1).Median():0.00} (goal: at most 0.5, and + 32 MiB)");
        McpBench.Print($"before, in the worker: {(large.Seconds - small.Seconds) * 1000:0} ms more than for a small result (fetch, probe, hash, store; by the command line, its copy included)");
    }

    private static Task<ProgramRun> MakeAsync(ProgramScene program, string script, string file) =>
        program.RunAsync("create", $"{file} [{script}]", "--model", "lab/lab-video", "--seconds", "4", "--size", "1280x720", "--out", file, "--json");

    private static void Measure(Contender contender)
    {
        var call = Encoding.UTF8.GetBytes(
            $$$$"""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"download_video","arguments":{"video_id":"{{{{contender.VideoId}}}}","filename":"{{{{contender.Named}}}}"}}}""");
        var before = ProcessFigures.ResidentMiB(contender.Server.ProcessId);
        ProcessFigures.ForgetPeak(contender.Server.ProcessId);
        var began = Stopwatch.GetTimestamp();
        contender.Server.Ask(call);
        contender.Times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        contender.Added.Add(ProcessFigures.PeakMiB(contender.Server.ProcessId) - before);
        var saved = new FileInfo(Path.Combine(contender.Folder, contender.Named));
        if (saved.Length < StubServer.ContentBytes)
        {
            throw new InvalidOperationException($"{contender.Name} saved {saved.Length} bytes.");
        }

        saved.Delete();
    }

    private static async Task<double> CopyAsync(ProgramScene program)
    {
        var began = Stopwatch.GetTimestamp();
        using var cp = program.Spawn("cp", "large.mp4", "copy.mp4");
        await cp.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        File.Delete(Path.Combine(program.Folder, "copy.mp4"));
        return took;
    }

    /// <summary>What the peer's way would take without the whole in memory.</summary>
    private static async Task<double> StreamAsync(Uri provider, string path)
    {
        using var http = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        await using (var from = await http.GetStreamAsync(new Uri(provider, "/v1/videos/video_1/content")))
        await using (var to = File.Create(path))
        {
            await from.CopyToAsync(to, 1 << 17);
        }

        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        File.Delete(path);
        return took;
    }

    private sealed record Contender(string Name, StdioServer Server, string VideoId, string Folder, string Named)
    {
        public List<double> Times { get; } = [];

        public List<double> Added { get; } = [];
    }
}
