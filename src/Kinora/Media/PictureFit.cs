using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kinora.Catalog;

namespace Kinora.Media;

/// <summary>How a picture meets a size of another shape.</summary>
public enum FitMode
{
    /// <summary>Fills the size; what is over at two sides is cut off.</summary>
    Crop,

    /// <summary>Is whole inside the size, enlarged too; the rest is background.</summary>
    Pad,

    /// <summary>Is stretched to the size.</summary>
    Rescale,
}

/// <summary>
/// A picture to be made. Transparency: a padded picture is always opaque, on the background; a cropped or stretched one keeps it where the type can
/// (PNG, WebP), and lies on the background as JPEG.
/// </summary>
/// <param name="Type">Of the file that is written.</param>
public sealed record PictureFit(FrameSize Size, FitMode Mode, PictureType Type, Colour Background);

/// <summary>What came of it.</summary>
/// <param name="OriginalWidth">In pixels, upright: after the orientation of the file was applied, as is the height.</param>
public sealed record FittedPicture(int OriginalWidth, int OriginalHeight, CleanImage Image);

/// <summary>An opaque colour in sRGB, written <c>#rrggbb</c>.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Black = new(0, 0, 0);

    public static bool TryParse([NotNullWhen(true)] string? text, out Colour colour)
    {
        colour = Black;
        if (text is not ['#', _, _, _, _, _, _] || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        colour = new Colour((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
