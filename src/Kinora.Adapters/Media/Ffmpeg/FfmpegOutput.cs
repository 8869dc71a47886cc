namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Arguments that every recipe which writes a picture shares.</summary>
internal static class FfmpegOutput
{
    public static readonly IReadOnlyList<string> Quiet = ["-hide_banner", "-nostdin", "-v", "error", "-y"];

    /// <summary>The first real video stream (capital V: no cover art), nothing else, and nothing of the file's metadata.</summary>
    public static readonly IReadOnlyList<string> PictureOnly = ["-map", "0:V:0", "-an", "-sn", "-dn", "-map_metadata", "-1"];
}
