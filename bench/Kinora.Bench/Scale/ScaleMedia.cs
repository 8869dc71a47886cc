using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Media.Ffmpeg;

namespace Kinora.Bench.Scale;

/// <summary>What a real result costs in ffmpeg: a probe, a still and a sheet of stills of a clip of 8 s in 1280x720.</summary>
internal static class ScaleMedia
{
    private const int Times = 5;

    /// <returns>CPU seconds a result, of the children; bytes of the clip.</returns>
    public static async Task<(double Seconds, long Bytes)> RunAsync(string folder)
    {
        var clip = Path.Combine(folder, "clip.mp4");
        using (var make = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24:d=8", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", clip]))
        {
            await make.WaitForExitAsync();
        }

        using var media = new FfmpegMediaTool(new MediaOptions());
        var before = ChildrenCpu();
        for (var i = 0; i < Times; i++)
        {
            var info = await media.ProbeVideoAsync(clip, CancellationToken.None);
            await media.MakeThumbnailAsync(clip, info, Path.Combine(folder, "thumbnail.webp"), CancellationToken.None);
            await media.MakeSpritesheetAsync(clip, info, Path.Combine(folder, "sheet.jpg"), CancellationToken.None);
        }

        return ((ChildrenCpu() - before) / Times, new FileInfo(clip).Length);
    }

    /// <summary>Of children that have ended: fields 16 and 17 of proc(5)'s stat, in hundredths of a second.</summary>
    private static double ChildrenCpu()
    {
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
