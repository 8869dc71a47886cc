using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinora.Bench.Mcp;

namespace Kinora.Bench.Images;

/// <summary><c>bench/run images</c>: fitting a picture beside libvips' own command, the state of a long session, and the memory of a thousand image jobs.</summary>
internal static class ImageBench
{
    private const int Fits = 9;
    private const int Turns = 50;
    private const int Looks = 300;
    private const int Step = 100;

    /// <param name="jobs">For the memory part.</param>
    public static async Task<int> RunAsync(string? part, int jobs = 1_000)
    {
        var parts = new (string Name, Func<Task> Run)[] { ("fit", FitAsync), ("session", SessionAsync), ("memory", () => MemoryAsync(jobs)) };
        foreach (var (_, run) in parts.Where(p => part is null || p.Name == part))
        {
            await run();
            Console.WriteLine();
        }

        return parts.Any(p => part is null || p.Name == part) ? 0 : 2;
    }

    /// <summary><c>prepare_reference</c>, a 4000x3000 JPEG to a 1280x720 PNG, through the real door; beside vipsthumbnail (Debian: libvips-tools) on the same file.</summary>
    private static async Task FitAsync()
    {
        using var scene = new ProgramScene();
        var folder = Path.Combine(scene.Folder, "data", "references");
        Directory.CreateDirectory(folder);
        var source = Path.Combine(folder, "large.jpg");
        await CommandAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=4000x3000:rate=1,noise=alls=20", "-frames:v", "1", "-q:v", "2", source);
        using var server = await ToolServer.StartAsync(scene);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = 0; run <= Fits; run++)
        {
            var clock = Stopwatch.StartNew();
            await server.CallAsync("prepare_reference", new JsonObject { ["input_filename"] = "large.jpg", ["target_size"] = "1280x720", ["output_filename"] = $"fitted-{run}.png" });
            var mine = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            await CommandAsync("vipsthumbnail", source, "-s", "1280x720!", "--smartcrop", "centre", "-o", Path.Combine(scene.Folder, $"v-{run}.png[strip]"));
            if (run > 0)
            {
                ours.Add(mine);
                theirs.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        McpBench.Print($"fit 4000x3000 JPEG -> 1280x720 PNG, {Fits} in turn: prepare_reference {ours.Median():0} ms, vipsthumbnail {theirs.Median():0} ms, ratio {ours.Median() / theirs.Median():0.00} (goal: at most 1.25)");
    }

    private static async Task SessionAsync()
    {
        using var scene = new ProgramScene();
        using var server = await ToolServer.StartAsync(scene);
        var session = (await server.CallAsync("create_image_session", new JsonObject { ["description"] = "Flat colours, one figure" }))["session_id"]!.GetValue<string>();
        for (var turn = 0; turn < Turns; turn++)
        {
            await server.CallAsync("generate_image_in_session", new JsonObject { ["session_id"] = session, ["prompt"] = $"Turn {turn}: a boat in fog", ["size"] = "256x256" });
        }

        var times = new List<double>();
        for (var look = 0; look < Looks; look++)
        {
            var clock = Stopwatch.StartNew();
            await server.CallAsync("get_session_status", new JsonObject { ["session_id"] = session });
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        McpBench.Print($"get_session_status of {Turns} turns, {Looks} calls over HTTP: p50 {times.Median():0.00} ms, p95 {times[times.Count * 95 / 100]:0.00} ms (goal: under 5)");
    }

    private static async Task MemoryAsync(int jobs)
    {
        using var scene = new ProgramScene();
        using var server = await ToolServer.StartAsync(scene);
        var memory = new List<double>();
        for (var job = 0; job < jobs; job++)
        {
            await server.CallAsync("generate_image", new JsonObject { ["prompt"] = $"Picture {job}: a lighthouse", ["size"] = "256x256" });
            if ((job + 1) % Step == 0)
            {
                memory.Add(ProcessFigures.ResidentMiB(server.ProcessId));
            }
        }

        // The first hundreds warm the program up.
        var settled = memory.Skip(2).ToList();
        var slope = Slope(settled);
        McpBench.Print($"resident memory after each {Step} of {jobs} image jobs, MiB: {string.Join(", ", memory.Select(m => FormattableString.Invariant($"{m:0}")))}; slope from the third on {slope:0.00} per {Step} (goal: under 1)");
    }

    /// <summary>Of the straight line nearest to the values, per step.</summary>
    private static double Slope(List<double> values)
    {
        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        return values.Select((v, x) => (x - middle) * (v - mean)).Sum() / values.Select((_, x) => (x - middle) * (x - middle)).Sum();
    }

    private static async Task CommandAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed.");
        }
    }
}
