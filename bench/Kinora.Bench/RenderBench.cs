using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Media;
using Kinora.Adapters.Providers.Animatic;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Bench;

/// <summary>Frames a second of the built-in renderer, against ffmpeg fed with the very same frames, ready made, with the same settings.</summary>
internal static class RenderBench
{
    private const string Prompt =
        "Shot 1: A paper boat sails down a rainy street. Shot 2: It passes a sleeping cat. Shot 3: Slow zoom in on a lighthouse by the sea at dawn.";

    private const int Rounds = 3;

    public static async Task<int> RunAsync(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-bench-").FullName;
        try
        {
            var film = Film(seconds);
            var frames = new KeepingSink();
            await AnimaticRenderer.DrawAsync(film, frames, CancellationToken.None);
            var sound = Path.Combine(folder, "sound.pcm");
            await AnimaticRenderer.WriteSoundAsync(film, sound, CancellationToken.None);
            var renderer = new AnimaticRenderer(new Ffmpeg());
            var films = new List<double>();
            var encoders = new List<double>();
            var drawings = new List<double>();
            for (var round = 0; round <= Rounds; round++)
            {
                var encoder = await TimeAsync(() => EncodeAsync(film, sound, frames.Frames, Path.Combine(folder, "ready.mp4")));
                var whole = await TimeAsync(() => renderer.RenderAsync(film, Path.Combine(folder, "film.mp4"), null, CancellationToken.None));
                var drawing = await TimeAsync(() => AnimaticRenderer.DrawAsync(film, new NullFrameSink(), CancellationToken.None));
                if (round > 0)
                {
                    encoders.Add(film.Frames / encoder);
                    films.Add(film.Frames / whole);
                    drawings.Add(film.Frames / drawing);
                }
            }

            var ratios = films.Zip(encoders, (f, e) => f / e).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                animatic, 1280x720 at 24 fps, {seconds} s, three shots, {Rounds} rounds in turn (median, min to max)
                film, all in           {Line(films)} frames/s = {Median(films) / 24:0.0}x real time (goal: at least 8x)
                ffmpeg, ready frames and sound   {Line(encoders)} frames/s
                drawing alone          {Line(drawings)} frames/s
                film / ffmpeg          {Median(ratios):0.00}, {ratios.Min():0.00} to {ratios.Max():0.00} (goal: at least 0.6)
                """));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static AnimaticFilm Film(double seconds) => new()
    {
        Shots = ShotList.Parse(Prompt, AnimaticFilm.FramesIn(seconds), 7).Shots,
        Width = 1280,
        Height = 720,
        Seed = 7,
        Audio = true,
    };

    private static async Task EncodeAsync(AnimaticFilm film, string sound, IReadOnlyList<byte[]> frames, string output)
    {
        var result = await MediaChild.RunAsync(
            new MediaChildSpec
            {
                Program = ProgramPath.Find("ffmpeg")!,
                Arguments = AnimaticRenderer.Arguments(film, sound, output),
                WorkFolder = Path.GetDirectoryName(output)!,
                Limits = new MediaChildLimits { Wall = TimeSpan.FromMinutes(5), DataBytes = 1L << 30, FileBytes = 1L << 30, CpuSeconds = 600 },
                WriteInput = (stream, _) =>
                {
                    foreach (var frame in frames)
                    {
                        stream.Write(frame);
                    }

                    return Task.CompletedTask;
                },
            },
            CancellationToken.None);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Summary);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(List<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):0}, {values.Min():0} to {values.Max():0}");

    /// <summary>Holds all frames in memory: the baseline must not wait for a disk.</summary>
    private sealed class KeepingSink : IFrameSink
    {
        public List<byte[]> Frames { get; } = [];

        public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
        {
            Frames.Add(frame.ToArray());
            return ValueTask.CompletedTask;
        }
    }
}
