using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>One WebP still.</summary>
internal static class ThumbnailRecipe
{
    private const int MaxWidth = 640;

    /// <param name="at">Second of the still.</param>
    public static IReadOnlyList<string> Arguments(string path, VideoContainer container, MediaInfo info, double at, string output)
    {
        var (width, height) = FrameFit.Within(info, MaxWidth, MaxWidth * 2);
        return
        [
            .. FfmpegOutput.Quiet,
            .. FfmpegInput.Arguments(path, container, "-ss", FfmpegInput.Seconds(at)),
            .. FfmpegOutput.PictureOnly,
            "-vf", $"scale={width}:{height}:flags=lanczos,setsar=1",
            "-frames:v", "1", "-c:v", "libwebp", "-quality", "80", "-pix_fmt", "yuv420p",
            // Not the webp muxer: it leaves a file behind even when there was no frame.
            "-f", "image2", "-update", "1", FfmpegInput.Name(output),
        ];
    }
}
