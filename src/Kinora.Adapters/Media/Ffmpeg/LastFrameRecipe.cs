namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>
/// The true last frame: decodes to the end and keeps overwriting one picture, so whatever comes last stays. A seek only saves time; where it
/// lands does not matter as long as one frame follows.
/// </summary>
internal static class LastFrameRecipe
{
    /// <summary>Seconds before the end to start from, tried in turn: sound may outlast the picture. Null: from the beginning.</summary>
    public static readonly IReadOnlyList<double?> Tails = [0.5, 10, null];

    /// <summary>As a PNG of the film's own size, with square pixels.</summary>
    public static IReadOnlyList<string> Arguments(string path, VideoContainer container, double? tail, string output) => Arguments(
        path, container, tail, "scale=w=max(1\\,round(iw*sar)):h=ih,setsar=1", ["-c:v", "png", "-compression_level", "1", "-pix_fmt", "rgb24"], output);

    public static IReadOnlyList<string> Arguments(
        string path, VideoContainer container, double? tail, string filter, IEnumerable<string> encoding, string output) =>
    [
        .. FfmpegOutput.Quiet,
        .. FfmpegInput.Arguments(path, container, tail is { } seconds ? ["-sseof", "-" + FfmpegInput.Seconds(seconds)] : []),
        .. FfmpegOutput.PictureOnly,
        "-vf", filter,
        // Without passthrough the frame rate is evened out, which may drop the very last frame.
        "-fps_mode", "passthrough",
        .. encoding,
        "-f", "image2", "-update", "1", FfmpegInput.Name(output),
    ];
}
