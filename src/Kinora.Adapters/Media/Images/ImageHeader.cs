using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>
/// What a picture says of itself in its first bytes: kind and size in pixels as stored (before any turning). Nothing is decoded and at most a
/// few bytes per segment are read, so this is safe and quick on any bytes.
/// </summary>
/// <param name="Alpha">It has an alpha channel, or may have (a WebP of the simple lossless kind only hints at it).</param>
internal sealed record ImageHeader(PictureType Kind, int Width, int Height, bool Alpha = false)
{
    public CleanImage Image => new(Kind.MimeType(), Width, Height, Alpha);

    /// <exception cref="Errors.KinoraException"><c>invalid_image</c>: another kind, or a header that makes no sense.</exception>
    public static ImageHeader Read(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var bytes = FileBytes.Of(file);
        var head = bytes.Read(0, 32);
        var header = PictureTypes.OfBytes(head) switch
        {
            PictureType.Png => PngHeader.Read(bytes),
            PictureType.Jpeg => JpegHeader.Read(bytes),
            PictureType.WebP => WebPHeader.Read(bytes),
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
