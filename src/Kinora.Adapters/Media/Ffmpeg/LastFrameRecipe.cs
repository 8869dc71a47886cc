namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>
/// The true last frame: decodes to the end and keeps overwriting one PNG, so whatever comes last stays. A seek only saves time; where it
/// lands does not matter as long as one frame follows.
/// </summary>
internal static class LastFrameRecipe
{
    /// <summary>Seconds before the end to start from, tried in turn: sound may outlast the picture. Null: from the beginning.</summary>
    public static readonly IReadOnlyList<double?> Tails = [0.5, 10, null];

    public static IReadOnlyList<string> Arguments(string path, VideoContainer container, double? tail, string output) =>
    [
        .. FfmpegOutput.Quiet,
        .. FfmpegInput.Arguments(path, container, tail is { } seconds ? ["-sseof", "-" + FfmpegInput.Seconds(seconds)] : []),
        .. FfmpegOutput.PictureOnly,
        "-vf", "scale=w=max(1\\,round(iw*sar)):h=ih,setsar=1",
        // Without passthrough the frame rate is evened out, which may drop the very last frame.
        "-fps_mode", "passthrough",
        "-c:v", "png", "-compression_level", "1", "-pix_fmt", "rgb24",
        "-f", "image2", "-update", "1", FfmpegInput.Name(output),
    ];
}
