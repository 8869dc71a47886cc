using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic;
using Kinora.Adapters.Providers.Animatic.Shots;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

/// <summary>Makes and looks into clips for the tests here.</summary>
internal static class Clips
{
    internal static AnimaticFilm Film(string prompt, int width = 192, int height = 128, double seconds = 2, long seed = 1)
    {
        var shots = ShotList.Parse(prompt, AnimaticFilm.FramesIn(seconds), seed).Shots;
        return new AnimaticFilm { Shots = shots, Width = width, Height = height, Seed = seed };
    }

    internal static Task RenderAsync(AnimaticFilm film, string path, IProgress<double>? progress = null, CancellationToken? cancel = null) =>
        new AnimaticRenderer(new Ffmpeg()).RenderAsync(film, path, progress, cancel ?? TestContext.Current.CancellationToken);

    internal static JsonElement[] Streams(string path) =>
        [.. JsonDocument.Parse(Run("ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", path).Text).RootElement.GetProperty("streams").EnumerateArray()];

    internal static double Seconds(JsonElement stream) => double.Parse(stream.GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Every frame as decoded, planar 8 bit.</summary>
    internal static byte[] Frames(string path) => Run("ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1").Bytes;

    /// <summary>Peak signal to noise over the luma of two frames, in dB.</summary>
    internal static double Psnr(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, int samples)
    {
        double sum = 0;
        for (var i = 0; i < samples; i++)
        {
            sum += Math.Pow(one[i] - two[i], 2);
        }

        return sum == 0 ? 99 : 10 * Math.Log10(255 * 255 / (sum / samples));
    }

    /// <summary>A picture with edges, a gradient and colours, as a PNG.</summary>
    internal static void WritePicture(string path, int width, int height)
    {
        using var image = VipsImageOperations.Svg($"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 400 300' preserveAspectRatio='none'><defs><linearGradient id='g'><stop offset='0' stop-color='#204060'/><stop offset='1' stop-color='#f0d0a0'/></linearGradient></defs><rect width='400' height='300' fill='url(#g)'/><circle cx='130' cy='150' r='70' fill='#c04030'/><rect x='240' y='60' width='90' height='180' fill='#308060'/></svg>");
        File.WriteAllBytes(path, image.ToPng());
    }

    private static (string Text, byte[] Bytes) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return (System.Text.Encoding.UTF8.GetString(bytes.ToArray()), bytes.ToArray());
    }
}
