using System.Globalization;
using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>JPEG stills evenly spread from the first frame on; the true last one is made by <see cref="LastFrameRecipe"/>'s way.</summary>
internal static class FramesRecipe
{
    /// <summary>
    /// Pixels of the whole film (nearly two minutes of 720p) up to which it is decoded once from start to end. Above, one seek for each still is faster:
    /// measured on two cores, 45 seconds of 720p took 1.9 s in one pass and 4.4 s by nine seeks, and only the former grows with the film.
    /// </summary>
    private const double OnePassPixels = 2.5e9;

    /// <summary>Shortest distance between two stills, for clips of one frame: they show the same then.</summary>
    private const double ShortestStep = 0.001;

    private const string Pattern = "frame-%d.jpg";

    private static readonly IReadOnlyList<string> _jpeg = ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"];

    /// <summary>The names, and when each is on screen: from 0 to the beginning of the last frame; only the latter when one is asked for.</summary>
    public static IReadOnlyList<VideoFrame> Plan(MediaInfo info, int count, string folder)
    {
        var last = Math.Max(0, info.Seconds - (1 / info.FrameRate));
        return
        [
            .. Enumerable.Range(1, count).Select(n => new VideoFrame(
                Path.GetFullPath(Path.Combine(folder, Pattern.Replace("%d", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))),
                count == 1 ? last : last * (n - 1) / (count - 1))),
        ];
    }

    public static bool InOnePass(MediaInfo info) => (double)info.Width * info.Height * info.FrameRate * info.Seconds <= OnePassPixels;

    /// <summary>All but the last in one pass.</summary>
    public static IReadOnlyList<string> Even(string path, VideoContainer container, MediaInfo info, int maxSide, IReadOnlyList<VideoFrame> frames)
    {
        var count = (frames.Count - 1).ToString(CultureInfo.InvariantCulture);
        var every = FfmpegInput.Seconds(Math.Max(frames[1].Second, ShortestStep));
        // Rounding up shows the last frame at or before each second; the last frame is held for a length that lies.
        var filter = $"setpts=PTS-STARTPTS,fps=1/{every}:round=up:start_time=0,tpad=stop={count}:stop_mode=clone,{Scale(info, maxSide)}";
        return
        [
            .. FfmpegOutput.Quiet,
            .. FfmpegInput.Arguments(path, container),
            .. FfmpegOutput.PictureOnly,
            "-vf", filter, "-fps_mode", "passthrough", "-frames:v", count, .. _jpeg,
            // Relative to the folder the child works in: the path of the folder could hold a pattern of its own.
            "-f", "image2", "file:" + Pattern,
        ];
    }

    public static IReadOnlyList<string> One(string path, VideoContainer container, MediaInfo info, int maxSide, VideoFrame frame) =>
    [
        .. FfmpegOutput.Quiet,
        .. FfmpegInput.Arguments(path, container, "-ss", FfmpegInput.Seconds(frame.Second)),
        .. FfmpegOutput.PictureOnly,
        "-vf", Scale(info, maxSide), "-frames:v", "1", .. _jpeg, "-f", "image2", "-update", "1", FfmpegInput.Name(frame.Path),
    ];

    public static IReadOnlyList<string> Last(string path, VideoContainer container, MediaInfo info, int maxSide, double? tail, string output) =>
        LastFrameRecipe.Arguments(path, container, tail, Scale(info, maxSide), _jpeg, output);

    private static string Scale(MediaInfo info, int maxSide)
    {
        var (width, height) = FrameFit.Within(info, maxSide, maxSide);
        return $"scale={width}:{height}:flags=bicubic,setsar=1";
    }
}
