using System.Globalization;
using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>One video, and a second behind it that begins with a repeat of the first one's last frame.</summary>
internal static class JoinRecipe
{
    private const string Sound = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

    public static IReadOnlyList<string> Arguments((string Path, VideoContainer Container, MediaInfo Info) first, (string Path, VideoContainer Container, MediaInfo Info) second, string output)
    {
        var sounds = first.Info.AudioCodec is not null || second.Info.AudioCodec is not null;
        var (width, height) = Size(first.Info);
        var repeat = 1 / second.Info.FrameRate;
        var pictures = Invariant($"fps={first.Info.FrameRate:0.############},setsar=1,format=yuv420p");
        List<string> graph =
        [
            Invariant($"[0:V:0]setpts=PTS-STARTPTS,scale={width}:{height}:flags=bicubic,{pictures}[v0]"),
            Invariant($"[1:V:0]trim=start_frame=1,setpts=PTS-STARTPTS,{CutTo(width, height, second.Info)},{pictures}[v1]"),
        ];
        if (sounds)
        {
            graph.Add(SoundOf(0, first.Info.AudioCodec, 0, first.Info.Seconds));
            graph.Add(SoundOf(1, second.Info.AudioCodec, repeat, Math.Max(second.Info.Seconds - repeat, repeat)));
        }

        graph.Add(sounds ? "[v0][a0][v1][a1]concat=n=2:v=1:a=1[v][a]" : "[v0][v1]concat=n=2:v=1:a=0[v]");
        return
        [
            .. FfmpegOutput.Quiet,
            .. FfmpegInput.Arguments(first.Path, first.Container),
            .. FfmpegInput.Arguments(second.Path, second.Container),
            "-filter_complex", string.Join(';', graph),
            "-map", "[v]", .. sounds ? (string[])["-map", "[a]"] : [], "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
            // Two threads, as on the reading side: each keeps frames of its own, and the memory limit counts them.
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads:v", "2",
            .. sounds ? (string[])["-c:a", "aac", "-b:a", "192k"] : [],
            "-movflags", "+faststart", "-f", "mp4", FfmpegInput.Name(output),
        ];
    }

    /// <summary>The first's, with even sides: colour is stored for pairs of pixels.</summary>
    private static (int Width, int Height) Size(MediaInfo first) => FrameFit.Within(first, first.Width, first.Height);

    /// <summary>Scaled until it fills the frame, in square pixels, and what stands over is cut off on both sides.</summary>
    private static string CutTo(int width, int height, MediaInfo second)
    {
        var scale = Math.Max((double)width / second.Width, (double)height / second.Height);
        return Invariant($"scale={Math.Max(width, Math.Round(second.Width * scale))}:{Math.Max(height, Math.Round(second.Height * scale))}:flags=bicubic,crop={width}:{height}");
    }

    /// <summary>Exactly as long as its pictures, from their beginning on: a gap or an overhang would put all that follows out of step.</summary>
    private static string SoundOf(int input, string? codec, double from, double seconds)
    {
        var length = FfmpegInput.Seconds(seconds);
        return codec is null
            ? $"anullsrc=r=48000:cl=stereo,atrim=end={length},{Sound}[a{input}]"
            : $"[{input}:a:0]aresample=48000:async=1:first_pts=0,atrim=start={FfmpegInput.Seconds(from)},asetpts=PTS-STARTPTS,apad,atrim=end={length},{Sound}[a{input}]";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
