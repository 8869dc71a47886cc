namespace Kinora.Adapters.Media.Images;

internal enum ImageKind
{
    Png,
    Jpeg,
    WebP,
}

/// <summary>
/// What a picture says of itself in its first bytes: kind and size in pixels as stored (before any turning). Nothing is decoded and at most a
/// few bytes per segment are read, so this is safe and quick on any bytes.
/// </summary>
internal sealed record ImageHeader(ImageKind Kind, int Width, int Height)
{
    public string MimeType => Kind switch
    {
        ImageKind.Png => "image/png",
        ImageKind.Jpeg => "image/jpeg",
        _ => "image/webp",
    };

    /// <exception cref="Errors.KinoraException"><c>invalid_image</c>: another kind, or a header that makes no sense.</exception>
    public static ImageHeader Read(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var bytes = FileBytes.Of(file);
        var head = bytes.Read(0, 32);
        var header = head switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngHeader.Read(bytes),
            [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(bytes),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebPHeader.Read(bytes),
            _ => throw ImageFault.WrongKind(Guess(head)),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw ImageFault.Damaged("no or negative size");
    }

    /// <summary>Only for the wording of the refusal.</summary>
    private static string Guess(ReadOnlySpan<byte> head) => head switch
    {
        [] => "empty",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF",
        [(byte)'B', (byte)'M', ..] => "a BMP",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIC, AVIF or video file",
        [(byte)'<', ..] => "SVG, XML or HTML text",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
        _ => "not a picture of a known kind",
    };
}
