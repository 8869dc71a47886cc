using System.Globalization;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>
/// The one way a foreign file is given to ffmpeg or ffprobe: <c>file:</c> and an absolute path (so that no name is taken for a protocol, a
/// pattern or an option), its demuxer fixed by the signature we saw, and lists of what may be opened at all. Without them a 37-byte "mp4" that
/// is a concat script reads the neighbour's video.
/// </summary>
internal static class FfmpegInput
{
    private const string Formats = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm";

    /// <summary>Decoders by ffmpeg's own names: the same codec has several.</summary>
    private const string Codecs =
        "h264,hevc,av1,libdav1d,libaom-av1,vp8,libvpx,vp9,libvpx-vp9,aac,aac_fixed,mp3,mp3float,opus,libopus,vorbis,libvorbis";

    public static readonly IReadOnlySet<string> VideoCodecs = new HashSet<string> { "h264", "hevc", "av1", "vp8", "vp9" };

    public static readonly IReadOnlySet<string> AudioCodecs = new HashSet<string> { "aac", "mp3", "opus", "vorbis" };

    /// <param name="before">Input options of a recipe, such as a seek.</param>
    public static IEnumerable<string> Arguments(string path, VideoContainer container, params IEnumerable<string> before) =>
    [
        "-protocol_whitelist", "file",
        "-format_whitelist", Formats,
        "-codec_whitelist", Codecs,
        // Each decoding thread keeps frames of its own: two are fast enough and stay within the memory limit at 4K.
        "-threads", "2",
        "-f", container.Demuxer,
        .. before,
        "-i", Name(path),
    ];

    public static string Name(string path) => "file:" + Path.GetFullPath(path);

    public static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
