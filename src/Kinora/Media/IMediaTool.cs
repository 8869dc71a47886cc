namespace Kinora.Media;

/// <summary>Looks into and derives from media files, in a child process with fixed arguments and limits. Input files are never trusted.</summary>
public interface IMediaTool
{
    /// <summary>Null when the tools are there; else one sentence that says what is missing and how to get it.</summary>
    string? Missing();

    /// <summary>Version line of the tool, for <c>doctor</c>; null when missing.</summary>
    Task<string?> VersionAsync(CancellationToken cancel);

    /// <summary>Opens a file and tells what it is.</summary>
    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>: not of an allowed container or codec, damaged, or over the limits.</exception>
    Task<MediaInfo> ProbeVideoAsync(string path, CancellationToken cancel);

    /// <summary>Writes a WebP still (from about a third of the clip), at most 640 pixels wide.</summary>
    Task MakeThumbnailAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel);

    /// <summary>Writes a JPEG grid of evenly spread stills and returns its layout.</summary>
    Task<SpriteLayout> MakeSpritesheetAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel);

    /// <summary>Writes the true last frame as PNG.</summary>
    Task ExtractLastFrameAsync(string videoPath, string outputPath, CancellationToken cancel);

    /// <summary>
    /// Writes JPEG stills evenly spread over the clip, in order: the first frame first, the true last frame last (alone when one is asked for). Upright, with
    /// square pixels, never enlarged. A clip with fewer frames shows some twice.
    /// </summary>
    /// <param name="count">1 to 10.</param>
    /// <param name="maxSide">Longer side at most, in pixels; 16 or more.</param>
    /// <param name="outputFolder">A folder that is there; the files are named <c>frame-1.jpg</c> and so on, older ones of these names are replaced.</param>
    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>: the file is damaged, or took too long.</exception>
    Task<IReadOnlyList<VideoFrame>> ExtractFramesAsync(
        string videoPath, MediaInfo info, int count, int maxSide, string outputFolder, CancellationToken cancel);

    /// <summary>
    /// Writes an MP4 (H.264, AAC) of one video and a second one behind it. The second is brought to the first's size (cut to shape) and frame rate, and its
    /// first frame, a repeat of the other's last, is left out. Silence stands where one of the two has no sound; where neither has, there is no sound track.
    /// </summary>
    /// <param name="outputPath">Written anew; gone after a fault.</param>
    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>: one is damaged or over the limits, or it took too long; <c>storage_full</c>.</exception>
    Task JoinAsync(string firstPath, string secondPath, string outputPath, CancellationToken cancel);
}

/// <summary>What a video file is.</summary>
/// <param name="Width">As shown: pixels made square, turned upright.</param>
/// <param name="Seconds">Length of the video stream.</param>
/// <param name="FrameRate">Frames a second.</param>
/// <param name="AudioCodec">Null when silent.</param>
public sealed record MediaInfo(string Container, string VideoCodec, int Width, int Height, double FrameRate, double Seconds, string? AudioCodec)
{
    /// <summary>File extension for the container: <c>mp4</c>, <c>mov</c> or <c>webm</c>.</summary>
    public string Extension => Container is "webm" or "mov" ? Container : "mp4";

    public string MimeType => Container switch
    {
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        _ => "video/mp4",
    };
}

/// <summary>A still.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Second">When it is on screen, by the clip's length and frame rate.</param>
public sealed record VideoFrame(string Path, double Second);

/// <summary>A spritesheet's grid: cells run row by row; cell n shows second (n + 0.5) * length / count.</summary>
public sealed record SpriteLayout(int Columns, int Rows, int CellWidth, int CellHeight);

/// <summary>Decodes pictures of strangers in a child process with limits.</summary>
public interface IImageTool
{
    /// <summary>
    /// Reads a PNG, JPEG or WebP (by its bytes, not its name), checks size and pixels from the header before decoding, applies the orientation, drops all
    /// metadata, takes the first frame, and writes a clean PNG or JPEG.
    /// </summary>
    /// <param name="sourcePath">A local file to be read only.</param>
    /// <param name="outputPath">Written anew, without extension in the name.</param>
    /// <exception cref="Errors.KinoraException"><c>invalid_image</c> or <c>image_too_large</c>.</exception>
    Task<CleanImage> CleanAsync(string sourcePath, string outputPath, CancellationToken cancel);

    /// <summary>Makes a picture of exactly the asked size, from what <see cref="CleanAsync"/> takes and under the same limits; as clean as there.</summary>
    /// <param name="sourcePath">A local file to be read only.</param>
    /// <param name="outputPath">Written anew; the type comes from <paramref name="fit"/>, not from the name.</param>
    /// <exception cref="Errors.KinoraException"><c>invalid_image</c> or <c>image_too_large</c>.</exception>
    Task<FittedPicture> FitAsync(string sourcePath, string outputPath, PictureFit fit, CancellationToken cancel);

    /// <summary>Tells what a picture is from its first bytes, under the same limits, and leaves it as it is.</summary>
    /// <exception cref="Errors.KinoraException"><c>invalid_image</c> or <c>image_too_large</c>.</exception>
    Task<CleanImage> InspectAsync(string path, CancellationToken cancel);
}

/// <summary>What a picture is.</summary>
/// <param name="Alpha">It has an alpha channel.</param>
public sealed record CleanImage(string MimeType, int Width, int Height, bool Alpha = false);
