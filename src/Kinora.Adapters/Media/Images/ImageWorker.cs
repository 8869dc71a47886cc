using System.Globalization;
using Kinora.Adapters.Media.Vips;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>
/// The child that decodes one foreign picture and writes it anew: first frame, upright, sRGB, 8 bits, no metadata. Any number of decoders'
/// faults end here with the process. Its only words to the parent are its exit code, the output file and whether the picture was turned.
/// </summary>
public static class ImageWorker
{
    private const int Refused = 2;
    private const int WrongUse = 64;

    /// <summary>Written to standard output when the picture's sides changed places.</summary>
    internal const char Turned = 'T';

    /// <summary>
    /// Entry of the hidden command: <c>image-worker KIND SOURCE OUTPUT MAX_SIDE MAX_MEGAPIXELS</c>, without the command's own name. Followed by
    /// <c>MODE WIDTH HEIGHT TYPE #RRGGBB</c> it makes a picture of that size.
    /// </summary>
    /// <returns>The exit code: 0 written, 2 refused, 64 wrong arguments.</returns>
    public static int Run(string[] args)
    {
        if (args is not [var kind, var source, var output, var side, var megapixels, .. var wanted]
            || !Enum.TryParse<PictureType>(kind, out var known)
            || !int.TryParse(side, CultureInfo.InvariantCulture, out var maxSide)
            || !int.TryParse(megapixels, CultureInfo.InvariantCulture, out var maxMegapixels)
            || !ImageWorkerFit.TryRead(wanted, out var fit))
        {
            return WrongUse;
        }

        try
        {
            Vips.Vips.BlockUntrusted();
            Clean(known, source, output, maxSide, maxMegapixels * 1_000_000L, fit);
            return 0;
        }
        catch (VipsException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return Refused;
        }
    }

    private static void Clean(PictureType kind, string source, string output, int maxSide, long maxPixels, PictureFit? fit)
    {
        using var stored = Load(kind, source);
        if (stored.Width > maxSide || stored.Height > maxSide || (long)stored.Width * stored.Height > maxPixels)
        {
            throw new VipsException($"{stored.Width}x{stored.Height} is over the limit");
        }

        using var upright = stored.AutoRotate();
        using var colours = ToSrgb(upright);
        using var bytes = colours.ToBytes();
        if (fit is null)
        {
            Save(kind == PictureType.Jpeg ? kind : PictureType.Png, bytes, output);
            return;
        }

        using var fitted = ImageWorkerFit.Apply(bytes, fit);
        Save(fit.Type, fitted, output);
        if (upright.Width != stored.Width)
        {
            Console.Out.Write(Turned);
        }
    }

    /// <summary>The loader is chosen by the parent, never guessed again. Truncation and damage are errors, not grey areas.</summary>
    private static VipsImage Load(PictureType kind, string source)
    {
        var loader = kind switch
        {
            PictureType.Png => "pngload",
            PictureType.Jpeg => "jpegload",
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

    private static void Save(PictureType type, VipsImage image, string output)
    {
        using var operation = type switch
        {
            PictureType.Jpeg => new VipsOperation("jpegsave").Set("Q", 95).Set("subsample-mode", "off").Set("optimize-coding", true),
            PictureType.WebP => new VipsOperation("webpsave").Set("Q", 95).Set("effort", 2),
            _ => new VipsOperation("pngsave").Set("compression", 3),
        };
        operation.Set("in", image).Set("filename", output).Set("keep", "none").RunToFile();
    }
}
