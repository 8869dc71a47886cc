using System.Globalization;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>The encoder's settings, in one place: an extension must match its source to be joined without encoding again.</summary>
internal static class FilmEncoding
{
    /// <summary>Raw planar frames on standard input.</summary>
    internal static string[] RawVideoInput(int width, int height) =>
    [
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"),
        "-r", "24", "-color_range", "tv", "-i", "pipe:0",
    ];

    /// <summary>16-bit stereo samples from a file.</summary>
    internal static string[] RawAudioInput(string path) => ["-f", "s16le", "-ar", "48000", "-ac", "2", "-i", "file:" + path];

    /// <summary>
    /// What leaves drawing its share of two cores at eight times real time: ultrafast, with the three tools switched on again that cost little and
    /// keep drawn edges and dithered skies clean (measured on rendered frames at equal crf: within 0.5 dB of superfast, smaller files, 1.6 times its rate).
    /// No B-frames: no reordering, so frame n of the file is frame n of the film at any join. Two threads, whatever the machine
    /// has: the number changes the bytes.
    /// </summary>
    internal static readonly string[] Video =
    [
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-profile:v", "high", "-pix_fmt", "yuv420p", "-bf", "0", "-g", "48",
        "-threads:v", "2", "-x264-params", "deblock=-1,-1:8x8dct=1:subme=1",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
        "-flags:v", "+bitexact", "-video_track_timescale", "12288",
    ];

    internal static readonly string[] Audio = ["-c:a", "aac", "-aac_coder", "fast", "-b:a", "128k", "-ar", "48000", "-ac", "2", "-flags:a", "+bitexact"];

    internal static string[] Mp4(string path) =>
        ["-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart", "-f", "mp4", "-y", "file:" + path];

    internal static readonly string[] Quiet = ["-nostdin", "-hide_banner", "-v", "error"];
}
