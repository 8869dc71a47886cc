using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>What the ffmpeg of this machine makes of files: told by its own commands, none of ours.</summary>
internal static class ForeignFilm
{
    /// <summary>Decibels from which two pictures count as the same but for the noise of encoding.</summary>
    public const double SamePicture = 30;

    /// <summary>The length of a film's picture in seconds; everything of it must decode.</summary>
    public static async Task<(double Seconds, int Width, int Height, string Codec)> ProbeAsync(byte[] film)
    {
        using var file = new ScratchFile(film);
        await RunAsync("ffmpeg", "-v", "error", "-xerror", "-i", file.Path, "-f", "null", "-");
        var told = await RunAsync("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name,width,height,duration", "-of", "json", file.Path);
        var stream = JsonDocument.Parse(told).RootElement.GetProperty("streams")[0];
        return (
            double.Parse(stream.GetProperty("duration").GetString()!, CultureInfo.InvariantCulture),
            stream.GetProperty("width").GetInt32(),
            stream.GetProperty("height").GetInt32(),
            stream.GetProperty("codec_name").GetString()!);
    }

    public static Task<byte[]> FirstFrameAsync(byte[] film, int width, int height) => FrameAsync(film, "eq(n,0)", width, height);

    /// <summary>All frames are decoded, and the last one kept: whatever its time stamp says.</summary>
    public static async Task<byte[]> LastFrameAsync(byte[] film, int width, int height)
    {
        var all = await FrameAsync(film, "1", width, height);
        return all[^(width * height * 3)..];
    }

    /// <summary>A picture of any kind as RGB bytes of that size.</summary>
    public static Task<byte[]> PixelsAsync(byte[] picture, int width, int height) => FrameAsync(picture, "1", width, height);

    /// <summary>Peak signal-to-noise ratio in decibels.</summary>
    public static double Likeness(byte[] one, byte[] other)
    {
        one.Length.ShouldBe(other.Length);
        var squares = one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Average();
        return squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / squares);
    }

    /// <summary>Soft colours that change everywhere, as PNG: what a film cannot hold of it is little.</summary>
    public static async Task<byte[]> TestPictureAsync(int width, int height)
    {
        using var file = new ScratchFile([], ".png");
        await RunAsync("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", FormattableString.Invariant($"gradients=s={width}x{height}:n=4:seed=11"), "-frames:v", "1", "-pix_fmt", "rgb24", file.Path);
        return await File.ReadAllBytesAsync(file.Path);
    }

    private static async Task<byte[]> FrameAsync(byte[] media, string select, int width, int height)
    {
        using var file = new ScratchFile(media);
        using var pixels = new ScratchFile([]);
        await RunAsync(
            "ffmpeg", "-v", "error", "-y", "-i", file.Path, "-vf", FormattableString.Invariant($"select='{select}',scale={width}:{height}"), "-fps_mode", "passthrough",
            "-f", "rawvideo", "-pix_fmt", "rgb24", pixels.Path);
        return await File.ReadAllBytesAsync(pixels.Path);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}

/// <summary>A file that is gone when this is disposed of.</summary>
internal sealed class ScratchFile : IDisposable
{
    public ScratchFile(byte[] bytes, string ending = "")
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"kinora-flow-{Guid.NewGuid():n}{ending}");
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
