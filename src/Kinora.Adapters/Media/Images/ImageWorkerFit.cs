using System.Globalization;
using Kinora.Adapters.Media.Vips;
using Kinora.Catalog;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>The worker's second task: a picture of an exact size. Handed over as words; done on pixels that are already upright, sRGB and 8 bits.</summary>
internal static class ImageWorkerFit
{
    public static string[] Arguments(PictureFit fit) =>
    [
        fit.Mode.ToString(), fit.Size.Width.ToString(CultureInfo.InvariantCulture), fit.Size.Height.ToString(CultureInfo.InvariantCulture), fit.Type.ToString(),
        fit.Background.ToString(),
    ];

    /// <param name="fit">Null where nothing is asked for.</param>
    public static bool TryRead(string[] arguments, out PictureFit? fit)
    {
        fit = null;
        if (arguments.Length == 0)
        {
            return true;
        }

        if (arguments is [var mode, var width, var height, var type, var background]
            && Enum.TryParse<FitMode>(mode, out var fitMode)
            && FrameSize.TryParse($"{width}x{height}", out var size)
            && Enum.TryParse<PictureType>(type, out var pictureType)
            && Colour.TryParse(background, out var colour))
        {
            fit = new PictureFit(size, fitMode, pictureType, colour);
        }

        return fit is not null;
    }

    public static VipsImage Apply(VipsImage image, PictureFit fit)
    {
        double[] background = [fit.Background.Red, fit.Background.Green, fit.Background.Blue];
        using var ground = fit.Mode == FitMode.Pad || fit.Type == PictureType.Jpeg ? image.Flatten(background) : image.Copy();
        return fit.Mode switch
        {
            FitMode.Crop => Crop(ground, fit.Size),
            FitMode.Pad => Pad(ground, fit.Size, background),
            _ => Stretch(ground, fit.Size.Width, fit.Size.Height),
        };
    }

    /// <summary>Cut before it is scaled: a line of 16,384 x 1 pixels enlarged first would be larger than any memory.</summary>
    private static VipsImage Crop(VipsImage image, FrameSize size)
    {
        var width = Math.Clamp(Round((double)image.Height * size.Width / size.Height), 1, image.Width);
        var height = Math.Clamp(Round((double)image.Width * size.Height / size.Width), 1, image.Height);
        using var cut = image.Crop((image.Width - width) / 2, (image.Height - height) / 2, width, height);
        return Stretch(cut, size.Width, size.Height);
    }

    private static VipsImage Pad(VipsImage image, FrameSize size, double[] background)
    {
        var scale = Math.Min((double)size.Width / image.Width, (double)size.Height / image.Height);
        var width = Math.Clamp(Round(image.Width * scale), 1, size.Width);
        var height = Math.Clamp(Round(image.Height * scale), 1, size.Height);
        using var scaled = Stretch(image, width, height);
        return scaled.Embed((size.Width - width) / 2, (size.Height - height) / 2, size.Width, size.Height, background);
    }

    /// <summary>Weighs colour by alpha on the way, so that what is transparent does not bleed.</summary>
    private static VipsImage Stretch(VipsImage image, int width, int height) => image.Thumbnail(width, height, VipsFit.Stretch);

    private static int Round(double pixels) => (int)Math.Round(Math.Min(pixels, int.MaxValue));
}
