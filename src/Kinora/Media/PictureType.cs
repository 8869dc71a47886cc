namespace Kinora.Media;

/// <summary>The kinds of picture there are here. Told by bytes when read, by the name's ending when written.</summary>
public enum PictureType
{
    Png,
    Jpeg,
    WebP,
}

/// <summary>Names and marks of the kinds of picture.</summary>
public static class PictureTypes
{
    /// <summary>So many first bytes tell the kind.</summary>
    public const int HeadBytes = 12;

    public static PictureType? OfBytes(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PictureType.Png,
        [0xFF, 0xD8, 0xFF, ..] => PictureType.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PictureType.WebP,
        _ => null,
    };

    /// <param name="name">Of a file; upper and lower case are alike.</param>
    public static PictureType? OfName(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => PictureType.Png,
        ".jpg" or ".jpeg" => PictureType.Jpeg,
        ".webp" => PictureType.WebP,
        _ => null,
    };

    /// <param name="mimeType">One that <see cref="MimeType"/> gives.</param>
    public static PictureType OfMimeType(string mimeType) => mimeType switch
    {
        "image/png" => PictureType.Png,
        "image/jpeg" => PictureType.Jpeg,
        _ => PictureType.WebP,
    };

    public static string MimeType(this PictureType type) => type switch
    {
        PictureType.Png => "image/png",
        PictureType.Jpeg => "image/jpeg",
        _ => "image/webp",
    };
}
