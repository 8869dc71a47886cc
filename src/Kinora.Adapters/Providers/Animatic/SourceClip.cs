using System.Globalization;
using System.Text.Json;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>What is known about a clip that is to be extended.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Seconds">Length of the video stream.</param>
/// <param name="HasAudio">Whether there is a sound track.</param>
/// <param name="Header">Hash of the decoder's header; equal headers can be joined without encoding again. Empty when unknown.</param>
/// <param name="IsOurs">H.264 at our rate and time base.</param>
internal sealed record SourceClip(int Width, int Height, double Seconds, bool HasAudio, string Header, bool IsOurs)
{
    internal static async Task<SourceClip> OpenAsync(Ffmpeg ffmpeg, string path, string folder, CancellationToken cancel)
    {
        var json = await ffmpeg.ProbeAsync(
            ["-v", "error", "-protocol_whitelist", "file", "-show_streams", "-show_format", "-show_data_hash", "sha256", "-of", "json", "file:" + path], folder, cancel);
        using var document = JsonDocument.Parse(json);
        var streams = document.RootElement.GetProperty("streams").EnumerateArray().ToArray();
        var video = Array.Find(streams, stream => Text(stream, "codec_type") == "video");
        var seconds = Number(video, "duration") ?? Number(document.RootElement.GetProperty("format"), "duration") ?? 0;
        return new SourceClip(
            video.GetProperty("width").GetInt32(),
            video.GetProperty("height").GetInt32(),
            seconds,
            Array.Exists(streams, stream => Text(stream, "codec_type") == "audio"),
            Text(video, "extradata_hash"),
            Text(video, "codec_name") == "h264" && Text(video, "r_frame_rate") == "24/1" && Text(video, "time_base") == "1/12288");
    }

    /// <summary>The true last frame, 8-bit planar, as the decoder gives it.</summary>
    internal async Task<byte[]> LastFrameAsync(Ffmpeg ffmpeg, string path, string folder, CancellationToken cancel)
    {
        var frame = new byte[Frames.FrameCanvas.FrameBytes(Width, Height)];
        var next = new byte[frame.Length];
        var found = false;
        // From a little before the end: seeking to the very last frame misses it where timestamps are rounded.
        await ffmpeg.RunAsync(
            [.. FilmEncoding.Quiet, "-protocol_whitelist", "file,pipe", "-sseof", "-2", "-i", "file:" + path, "-map", "0:v:0", "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"],
            folder, frame.Length, null,
            async (stream, gone) =>
            {
                while (await stream.ReadAtLeastAsync(next, next.Length, throwOnEndOfStream: false, gone) == next.Length)
                {
                    (frame, next, found) = (next, frame, true);
                }
            }, cancel);
        return found ? frame : throw new Errors.KinoraException(Errors.ErrorCodes.RenderFailed, "The source video has no frame that could be read.");
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static double? Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
