using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>A small RGBA canvas for text and what stands behind it; straight alpha.</summary>
internal sealed class InkCanvas(int width, int height)
{
    private const double ScrimStrength = 0.66;
    private static readonly Rgb Night = new(9, 13, 22);
    private readonly byte[] _pixels = new byte[width * height * 4];

    /// <summary>Darkens towards the bottom, to full strength from <paramref name="full"/> (row) on: white on it keeps 4.5 : 1 on any picture.</summary>
    /// <param name="opaque">Nothing shows through there: for a picture that may have a caption already.</param>
    internal void Scrim(double full, bool opaque = false)
    {
        for (var y = 0; y < height; y++)
        {
            var t = Math.Clamp((y + 0.5) / Math.Max(1, full), 0, 1);
            var below = Math.Max(0, (y - full) / Math.Max(1, height - full));
            var alpha = opaque ? t * t * (3 - 2 * t) : ScrimStrength * t * t * (3 - 2 * t) + 0.12 * below;
            for (var x = 0; x < width; x++)
            {
                Blend(x, y, Night, alpha);
            }
        }
    }

    /// <summary>A pill behind a mark.</summary>
    internal void Pill(int left, int top, int wide, int high, double alpha)
    {
        var radius = high / 2.0;
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                var dx = Math.Max(0, Math.Max(radius - (x + 0.5), x + 0.5 - (wide - radius)));
                var cover = Math.Clamp(radius + 0.5 - Math.Sqrt(dx * dx + Math.Pow(y + 0.5 - radius, 2)), 0, 1);
                Blend(left + x, top + y, Night, alpha * cover);
            }
        }
    }

    internal void Draw(VipsImage mask, int left, int top, Rgb colour, double alpha = 1)
    {
        using var ink = mask.ReadPixels();
        for (var y = 0; y < ink.Height; y++)
        {
            var row = ink.Row(y);
            for (var x = 0; x < ink.Width; x++)
            {
                Blend(left + x, top + y, colour, alpha * row[x * ink.Bands] / 255);
            }
        }
    }

    internal VipsImage ToImage() => VipsImage.FromPixels(_pixels, width, height, 4);

    internal Layer? ToLayer(int left, int top)
    {
        using var image = ToImage();
        return LayerReader.ReadCut(image, left, top);
    }

    private void Blend(int x, int y, Rgb colour, double alpha)
    {
        if (alpha <= 0 || (uint)x >= (uint)width || (uint)y >= (uint)height)
        {
            return;
        }

        var pixel = _pixels.AsSpan((y * width + x) * 4, 4);
        var below = pixel[3] / 255.0 * (1 - alpha);
        var whole = alpha + below;
        pixel[0] = (byte)((colour.R * alpha + pixel[0] * below) / whole + 0.5);
        pixel[1] = (byte)((colour.G * alpha + pixel[1] * below) / whole + 0.5);
        pixel[2] = (byte)((colour.B * alpha + pixel[2] * below) / whole + 0.5);
        pixel[3] = (byte)(whole * 255 + 0.5);
    }
}
