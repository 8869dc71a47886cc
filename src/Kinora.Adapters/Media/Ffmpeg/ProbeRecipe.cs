using System.Globalization;
using System.Text.Json;
using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Asks ffprobe about a file and holds the answer against the lists and limits.</summary>
internal static class ProbeRecipe
{
    /// <summary>The first packets are decoded too: a right header before garbage is no video.</summary>
    private const string FirstPackets = "%+#30";

    private const string Wanted =
        "stream=codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate,duration"
        + ":stream_disposition=attached_pic:stream_tags=DURATION:stream_side_data=rotation:format=duration:frame=media_type";

    public static IReadOnlyList<string> Arguments(string path, VideoContainer container) =>
    [
        "-hide_banner", "-v", "error",
        "-read_intervals", FirstPackets, "-show_entries", Wanted, "-of", "json=compact=1",
        .. FfmpegInput.Arguments(path, container),
    ];

    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>.</exception>
    public static MediaInfo Read(MediaChildResult result, VideoContainer container, MediaOptions options)
    {
        var answer = Parse(result);
        var streams = answer.Streams ?? [];
        var video = streams.FirstOrDefault(s => s.CodecType == "video" && s.Disposition?.AttachedPic != 1)
            ?? throw VideoFault.NotAllowed("The file has no video in it.");
        var audio = streams.FirstOrDefault(s => s.CodecType == "audio");
        CheckCodecs(video, audio);
        CheckSize(video.Width, video.Height, options);
        if (answer.Frames?.Any(f => f.MediaType == "video") != true)
        {
            throw VideoFault.Damaged("The video file is damaged: not one picture of it can be decoded.", result.Summary);
        }

        var (width, height) = Display(video);
        CheckSize(width, height, options);
        return new MediaInfo(
            container.Name, video.CodecName!, width, height, FrameRate(video, options), Seconds(video, answer.Format, options), audio?.CodecName);
    }

    private static FfprobeAnswer Parse(MediaChildResult result)
    {
        try
        {
            return JsonSerializer.Deserialize(result.Output, FfprobeJson.Default.FfprobeAnswer)
                ?? throw VideoFault.Damaged("The video file could not be read.");
        }
        catch (JsonException fault)
        {
            throw VideoFault.Damaged("The video file could not be read.", $"{fault.Message} {result.Summary}", fault);
        }
    }

    private static void CheckCodecs(FfprobeStream video, FfprobeStream? audio)
    {
        if (video.CodecName is null || !FfmpegInput.VideoCodecs.Contains(video.CodecName))
        {
            throw VideoFault.CodecNotAllowed(video.CodecName);
        }

        if (audio is not null && (audio.CodecName is null || !FfmpegInput.AudioCodecs.Contains(audio.CodecName)))
        {
            throw VideoFault.CodecNotAllowed(audio.CodecName);
        }
    }

    private static void CheckSize(int width, int height, MediaOptions options)
    {
        if (width < 1 || height < 1)
        {
            throw VideoFault.Damaged("The video file is damaged: its pictures have no size.");
        }

        if (width > options.MaxSide || height > options.MaxSide || (long)width * height > options.MaxMegapixels * 1_000_000L)
        {
            throw VideoFault.OverLimit(
                $"The video is {width}x{height}; allowed are {options.MaxSide} pixels a side and {options.MaxMegapixels} million in all.");
        }
    }

    /// <summary>As a player shows it: pixels made square by stretching the width, then turned.</summary>
    private static (int Width, int Height) Display(FfprobeStream video)
    {
        var aspect = Ratio(video.SampleAspectRatio, ':') ?? 1;
        var width = (int)Math.Clamp(Math.Round(video.Width * aspect), 1, int.MaxValue);
        var turns = video.SideDataList?.Select(s => s.Rotation).FirstOrDefault(r => r != 0) ?? 0;
        return Math.Abs(Math.Round(turns / 90)) % 2 == 1 ? (video.Height, width) : (width, video.Height);
    }

    private static double FrameRate(FfprobeStream video, MediaOptions options)
    {
        var rate = Ratio(video.AvgFrameRate, '/') ?? Ratio(video.RFrameRate, '/')
            ?? throw VideoFault.Damaged("The video file is damaged: it has no frame rate.");
        return rate <= options.MaxFrameRate
            ? rate
            : throw VideoFault.OverLimit($"The video has {rate:0.###} frames a second; allowed are {options.MaxFrameRate}.");
    }

    private static double Seconds(FfprobeStream video, FfprobeFormat? format, MediaOptions options)
    {
        var seconds = Number(video.Duration) ?? Clock(video.Tags?.Duration) ?? Number(format?.Duration)
            ?? throw VideoFault.Damaged("The video file is damaged or cut short: it has no length.");
        return seconds <= options.MaxSeconds
            ? seconds
            : throw VideoFault.OverLimit($"The video is {seconds:0.#} seconds long; allowed are {options.MaxSeconds}.");
    }

    /// <summary>Null unless both parts are positive.</summary>
    private static double? Ratio(string? text, char divider)
    {
        var parts = text?.Split(divider);
        return parts is [var above, var below] && Number(above) is { } a && Number(below) is { } b ? a / b : null;
    }

    private static double? Clock(string? text) =>
        TimeSpan.TryParse(text?.Length > 16 ? text[..16] : text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
            ? time.TotalSeconds
            : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value) ? value : null;
}
