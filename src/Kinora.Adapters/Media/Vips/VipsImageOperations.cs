namespace Kinora.Adapters.Media.Vips;

/// <summary>How a picture meets a box of another shape.</summary>
internal enum VipsFit
{
    /// <summary>Fills the box, the rest is cropped about the centre.</summary>
    Cover,

    /// <summary>Fits inside the box, keeping its shape; enlarges too.</summary>
    Contain,

    /// <summary>Takes the box's shape.</summary>
    Stretch,
}

/// <summary>The operations on images that Kinora uses. Each returns a new image; the source stays the caller's to dispose.</summary>
internal static class VipsImageOperations
{
    /// <summary>Decodes a file straight to a size (with shrink-on-load), EXIF orientation applied, sRGB.</summary>
    internal static VipsImage Thumbnail(string path, int width, int height, VipsFit fit)
    {
        using var operation = new VipsOperation("thumbnail").Set("filename", path);
        return Sized(operation, width, height, fit).RunToImage();
    }

    /// <inheritdoc cref="Thumbnail(string, int, int, VipsFit)"/>
    internal static VipsImage Thumbnail(ReadOnlySpan<byte> bytes, int width, int height, VipsFit fit)
    {
        using var operation = new VipsOperation("thumbnail_buffer").SetBytes("buffer", bytes);
        return Sized(operation, width, height, fit).RunToImage();
    }

    internal static VipsImage Thumbnail(this VipsImage image, int width, int height, VipsFit fit)
    {
        using var operation = new VipsOperation("thumbnail_image").Set("in", image);
        return Sized(operation, width, height, fit).RunToImage();
    }

    internal static VipsImage AutoRotate(this VipsImage image)
    {
        using var operation = new VipsOperation("autorot").Set("in", image);
        return operation.RunToImage();
    }

    internal static VipsImage Resize(this VipsImage image, double scaleX, double scaleY)
    {
        using var operation = new VipsOperation("resize").Set("in", image).Set("scale", scaleX).Set("vscale", scaleY);
        return operation.RunToImage();
    }

    internal static VipsImage Crop(this VipsImage image, int left, int top, int width, int height)
    {
        using var operation = new VipsOperation("extract_area")
            .Set("input", image).Set("left", left).Set("top", top).Set("width", width).Set("height", height);
        return operation.RunToImage();
    }

    /// <summary>Places the image in a larger one; the rest takes <paramref name="background"/> (one number a band).</summary>
    internal static VipsImage Embed(this VipsImage image, int left, int top, int width, int height, ReadOnlySpan<double> background)
    {
        using var operation = new VipsOperation("embed").Set("in", image).Set("x", left).Set("y", top)
            .Set("width", width).Set("height", height).Set("extend", "background").SetDoubles("background", background);
        return operation.RunToImage();
    }

    /// <summary>Puts an image with alpha on a plain colour; one without alpha is returned as it is.</summary>
    internal static VipsImage Flatten(this VipsImage image, ReadOnlySpan<double> background)
    {
        if (!image.HasAlpha)
        {
            return image.Copy();
        }

        using var operation = new VipsOperation("flatten").Set("in", image).SetDoubles("background", background);
        return operation.RunToImage();
    }

    /// <summary>Draws <paramref name="over"/> (with alpha) on the image at a place.</summary>
    internal static VipsImage Composite(this VipsImage image, VipsImage over, int left, int top)
    {
        using var operation = new VipsOperation("composite2").Set("base", image).Set("overlay", over)
            .Set("mode", "over").Set("x", left).Set("y", top);
        return operation.RunToImage();
    }

    internal static VipsImage BandJoin(params ReadOnlySpan<VipsImage> images)
    {
        using var operation = new VipsOperation("bandjoin").SetImages("in", images);
        return operation.RunToImage();
    }

    internal static VipsImage Band(this VipsImage image, int band, int count = 1)
    {
        using var operation = new VipsOperation("extract_band").Set("in", image).Set("band", band).Set("n", count);
        return operation.RunToImage();
    }

    internal static VipsImage ToSrgb(this VipsImage image)
    {
        using var operation = new VipsOperation("colourspace").Set("in", image).Set("space", "srgb");
        return operation.RunToImage();
    }

    internal static VipsImage ToBytes(this VipsImage image)
    {
        using var operation = new VipsOperation("cast").Set("in", image).Set("format", "uchar");
        return operation.RunToImage();
    }

    internal static VipsImage Copy(this VipsImage image)
    {
        using var operation = new VipsOperation("copy").Set("in", image);
        return operation.RunToImage();
    }

    /// <summary>Our own SVG at its own size, RGBA with straight alpha. Never for foreign SVG.</summary>
    internal static VipsImage Svg(string document)
    {
        using var operation = new VipsOperation("svgload_buffer")
            .SetBytes("buffer", System.Text.Encoding.UTF8.GetBytes(document)).Set("dpi", 72.0).Set("unlimited", true);
        return operation.RunToImage();
    }

    internal static byte[] ToPng(this VipsImage image, int compression = 6)
    {
        using var operation = new VipsOperation("pngsave_buffer").Set("in", image).Set("compression", compression).Set("keep", "icc");
        return operation.RunToBytes();
    }

    internal static byte[] ToJpeg(this VipsImage image, int quality)
    {
        using var flat = image.Flatten([255, 255, 255]);
        using var operation = new VipsOperation("jpegsave_buffer").Set("in", flat).Set("Q", quality)
            .Set("optimize-coding", true).Set("keep", "icc");
        return operation.RunToBytes();
    }

    internal static byte[] ToWebp(this VipsImage image, int quality)
    {
        using var operation = new VipsOperation("webpsave_buffer").Set("in", image).Set("Q", quality).Set("keep", "icc");
        return operation.RunToBytes();
    }

    private static VipsOperation Sized(VipsOperation operation, int width, int height, VipsFit fit)
    {
        operation.Set("width", width).Set("height", height).Set("size", fit == VipsFit.Stretch ? "force" : "both");
        return fit == VipsFit.Cover ? operation.Set("crop", "centre") : operation;
    }
}
