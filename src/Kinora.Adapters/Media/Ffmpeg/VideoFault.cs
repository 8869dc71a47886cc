using Kinora.Errors;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>The refusals of a video file: every one is <c>asset_invalid</c>.</summary>
internal static class VideoFault
{
    private const string Allowed = "Kinora takes MP4, MOV and WebM with H.264, HEVC, AV1, VP8 or VP9 video and AAC, MP3, Opus or Vorbis sound.";

    /// <summary>The C library's words for ENOSPC and EDQUOT, which ffmpeg repeats.</summary>
    private static readonly string[] NoRoom = ["No space left on device", "Disk quota exceeded"];

    public static KinoraException NotAllowed(string what, string? detail = null) => new(ErrorCodes.AssetInvalid, $"{what} {Allowed}", detail);

    public static KinoraException OverLimit(string what) => new(ErrorCodes.AssetInvalid, what);

    public static KinoraException Damaged(string what, string? detail = null, Exception? inner = null) => new(ErrorCodes.AssetInvalid, what, detail, inner);

    /// <summary>What a run of ffmpeg or ffprobe that did not succeed means to the caller.</summary>
    public static KinoraException Of(MediaChildResult result, int wallSeconds) =>
        result.TimedOut ? OverLimit($"The video took longer than {wallSeconds} s to read, the limit of this server.")
        : result.ErrorTail.Contains("not on whitelist", StringComparison.Ordinal) ? CodecNotAllowed(result.Summary)
        : NotAllowed("The video could not be read: it is damaged, too large to process, or of another kind.", result.Summary);

    /// <summary>The same of a run that writes a whole film.</summary>
    public static KinoraException OfJoin(MediaChildResult result, int wallSeconds) =>
        result.TimedOut ? OverLimit($"Joining took longer than {wallSeconds} s, the limit of this server.")
        : NoRoom.Any(text => result.ErrorTail.Contains(text, StringComparison.Ordinal))
            ? new KinoraException(ErrorCodes.StorageFull, "There is no room left on the disk for the joined video.", result.Summary)
        : Damaged("The two videos could not be joined.", result.Summary);

    public static KinoraException CodecNotAllowed(string? detail) => NotAllowed("The video or its sound is coded in a way that Kinora does not take.", detail);
}
