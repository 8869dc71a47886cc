using Kinora.Errors;

namespace Kinora.Adapters.Media.Images;

/// <summary>The refusals of a picture.</summary>
internal static class ImageFault
{
    public static KinoraException WrongKind(string found) =>
        new(ErrorCodes.InvalidImage, $"The file is {found}. Kinora takes PNG, JPEG and WebP pictures, told by their bytes.");

    public static KinoraException Damaged(string? detail = null) =>
        new(ErrorCodes.InvalidImage, "The picture is damaged or cut short. Save it anew as PNG, JPEG or WebP and try again.", detail);

    public static KinoraException TooSlow(int seconds, string detail) =>
        new(ErrorCodes.InvalidImage, $"The picture took longer than {seconds} s to decode, the limit of this server. Save it anew and try again.", detail);

    public static KinoraException TooManyPixels(int width, int height, ImageOptions options) => new(
        ErrorCodes.ImageTooLarge,
        $"The picture is {width}x{height}; allowed are {options.MaxSide} pixels a side and {options.MaxMegapixels} million in all.");

    public static KinoraException TooManyBytes(long bytes, ImageOptions options) => new(
        ErrorCodes.ImageTooLarge,
        FormattableString.Invariant($"The picture's file has {bytes / 1048576.0:0.0} MiB; allowed are {options.MaxMegabytes}."));
}
