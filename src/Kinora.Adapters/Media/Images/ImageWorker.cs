using System.Globalization;
using Kinora.Adapters.Media.Vips;

namespace Kinora.Adapters.Media.Images;

/// <summary>
/// The child that decodes one foreign picture and writes it anew: first frame, upright, sRGB, 8 bits, no metadata. Any number of decoders'
/// faults end here with the process. Its only words to the parent are its exit code and the output file.
/// </summary>
public static class ImageWorker
{
    private const int Refused = 2;
    private const int WrongUse = 64;

    /// <summary>Entry of the hidden command: <c>image-worker KIND SOURCE OUTPUT MAX_SIDE MAX_MEGAPIXELS</c>, without the command's own name.</summary>
    /// <returns>The exit code: 0 written, 2 refused, 64 wrong arguments.</returns>
    public static int Run(string[] args)
    {
        if (args is not [var kind, var source, var output, var side, var megapixels]
            || !Enum.TryParse<ImageKind>(kind, out var known)
            || !int.TryParse(side, CultureInfo.InvariantCulture, out var maxSide)
            || !int.TryParse(megapixels, CultureInfo.InvariantCulture, out var maxMegapixels))
        {
            return WrongUse;
        }

        try
        {
            Vips.Vips.BlockUntrusted();
            Clean(known, source, output, maxSide, maxMegapixels * 1_000_000L);
            return 0;
        }
        catch (VipsException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return Refused;
        }
    }

    private static void Clean(ImageKind kind, string source, string output, int maxSide, long maxPixels)
    {
        using var stored = Load(kind, source);
        if (stored.Width > maxSide || stored.Height > maxSide || (long)stored.Width * stored.Height > maxPixels)
        {
            throw new VipsException($"{stored.Width}x{stored.Height} is over the limit");
        }

        using var upright = stored.AutoRotate();
        using var colours = ToSrgb(upright);
        using var bytes = colours.ToBytes();
        Save(kind, bytes, output);
    }

    /// <summary>The loader is chosen by the parent, never guessed again. Truncation and damage are errors, not grey areas.</summary>
    private static VipsImage Load(ImageKind kind, string source)
    {
        var loader = kind switch
        {
            ImageKind.Png => "pngload",
            ImageKind.Jpeg => "jpegload",
            _ => "webpload",
        };
        using var operation = new VipsOperation(loader).Set("filename", source).Set("fail-on", "error");
        return operation.RunToImage();
    }

    /// <summary>By the picture's own profile where it has one that works, else as its kind of colour is usually meant.</summary>
    private static VipsImage ToSrgb(VipsImage image)
    {
        try
        {
            using var operation = new VipsOperation("icc_transform").Set("in", image).Set("output-profile", "srgb").Set("embedded", true).Set("depth", 8);
            return operation.RunToImage();
        }
        catch (VipsException)
        {
            return image.ToSrgb();
        }
    }

    private static void Save(ImageKind kind, VipsImage image, string output)
    {
        using var operation = kind == ImageKind.Jpeg
            ? new VipsOperation("jpegsave").Set("Q", 95).Set("subsample-mode", "off").Set("optimize-coding", true)
            : new VipsOperation("pngsave").Set("compression", 3);
        operation.Set("in", image).Set("filename", output).Set("keep", "none").RunToFile();
    }
}
