using System.Diagnostics;
using System.Globalization;

namespace Kinora.Bench;

/// <summary>The program as a whole, as ./kinora starts it: cold starts, memory of a long render, memory of a large download.</summary>
internal static class ProgramBench
{
    private const int Starts = 30;

    /// <summary>Time of <c>kinora status</c> on a data folder with one job, beside a bare .NET start and the script's own share.</summary>
    public static async Task<int> StartAsync()
    {
        using var scene = new ProgramScene();
        var id = (await scene.RunAsync("create", "A cat", "--size", "128x128", "--seconds", "1", "--json")).Id;
        var figures = new (string What, Func<Task> Run)[]
        {
            ("kinora status, by the script", () => scene.ScriptAsync("status", id)),
            ("kinora status, the program alone", () => scene.RunAsync("status", id)),
            ("kinora --version (no database)", () => scene.RunAsync("--version")),
            ("bare .NET program, JIT (this bench)", () => scene.BareAsync()),
        };
        var medians = figures.ToDictionary(f => f.What, _ => new List<double>());
        for (var round = 0; round <= Starts; round++)
        {
            foreach (var (what, run) in figures)
            {
                var clock = Stopwatch.StartNew();
                await run();
                if (round > 0)
                {
                    medians[what].Add(clock.Elapsed.TotalMilliseconds);
                }
            }
        }

        Console.WriteLine($"cold starts, {Starts} in turn (median, min to max)");
        foreach (var (what, times) in medians)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-38} {times.Order().ElementAt(times.Count / 2):0} ms, {times.Min():0} to {times.Max():0}"));
        }

        return 0;
    }

    /// <summary>Peak memory of the program and of ffmpeg during a 60 s render at 1280x720.</summary>
    public static async Task<int> MemoryAsync()
    {
        using var scene = new ProgramScene();
        var still = await scene.RunAsync("list");
        var render = await scene.RunAsync("create", "Shot 1: A rainy street at night. Shot 2: A cat. Shot 3: The sea at dawn.", "--size", "1280x720", "--seconds", "60", "--out", "long.mp4");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            peak memory (largest process), MiB
            kinora list                     {still.PeakMiB:0}
            60 s render, 1280x720, program  {render.PeakMiB:0} (goal: under 300)
            60 s render, 1280x720, ffmpeg   {render.ChildPeakMiB:0}
            took {render.Seconds:0.0} s = {60 / render.Seconds:0.0}x real time, stills and storing included
            """));
        return 0;
    }

    /// <summary>Memory that collecting a 2 GB result adds over collecting a small one, from the lab.</summary>
    public static async Task<int> DownloadAsync()
    {
        using var scene = new ProgramScene();
        await scene.StartLabAsync();
        var small = await scene.RunAsync("create", "x [lab:running=1]", "--model", "lab/lab-video", "--seconds", "4", "--size", "1280x720", "--out", "small.mp4");
        var large = await scene.RunAsync("create", "y [lab:running=1,bytes=2147483648]", "--model", "lab/lab-video", "--seconds", "4", "--size", "1280x720", "--out", "large.mp4");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            collecting from the lab
            small result  peak {small.PeakMiB:0} MiB, {small.Seconds:0.0} s
            2 GiB result  peak {large.PeakMiB:0} MiB, {large.Seconds:0.0} s (fetch, probe, hash, store, copy out)
            added         {large.PeakMiB - small.PeakMiB:0} MiB (goal: under 40)
            """));
        return 0;
    }
}
