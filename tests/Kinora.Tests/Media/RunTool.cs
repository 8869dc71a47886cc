using System.Diagnostics;
using Shouldly;

namespace Kinora.Tests.Media;

/// <summary>Runs ffmpeg or ffprobe as anyone would, without our walls: to make samples, and as the control of tests of the walls.</summary>
internal static class RunTool
{
    public static async Task<byte[]> FfmpegAsync(params string[] arguments)
    {
        var (code, output) = await TryAsync("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
        code.ShouldBe(0);
        return output;
    }

    public static async Task<(int ExitCode, byte[] Output)> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray());
    }

    /// <summary>Every frame as packed RGB, decoded from start to end.</summary>
    public static Task<byte[]> DecodeAsync(string path) =>
        FfmpegAsync("-i", path, "-map", "0:V:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1");
}
