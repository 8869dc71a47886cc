using System.Runtime.CompilerServices;
using Kinora.Adapters.Media.Vips;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>Turns 8-bit RGB(A) pixels into a layer: BT.709 limited range, chroma sited left as H.264 expects.</summary>
internal static unsafe class LayerReader
{
    /// <summary>An opaque layer of a picture, cut to even sides.</summary>
    internal static Layer ReadOpaque(VipsImage image)
    {
        using var pixels = image.ReadPixels();
        var layer = new Layer(0, 0, pixels.Width & ~1, pixels.Height & ~1, opaque: true);
        Fill(layer, pixels, null);
        return layer;
    }

    /// <summary>
    /// An opaque layer of a drawing on a painted ground. The ground is a colour for each row in full precision: an 8-bit
    /// gradient drawn with the rest would keep its bands for good.
    /// </summary>
    internal static Layer ReadOn(VipsImage image, IReadOnlyList<Rgb> ground)
    {
        using var pixels = image.ReadPixels();
        var layer = new Layer(0, 0, pixels.Width & ~1, pixels.Height & ~1, opaque: true);
        Fill(layer, pixels, ground);
        return layer;
    }

    /// <summary>A layer cut to what is drawn, or null when nothing is. It lies at (left, top) of the picture (even numbers).</summary>
    internal static Layer? ReadCut(VipsImage image, int left = 0, int top = 0)
    {
        using var pixels = image.ReadPixels();
        if (Bounds(pixels) is not { } box)
        {
            return null;
        }

        var layer = new Layer(left + box.Left, top + box.Top, box.Width, box.Height, opaque: false);
        Fill(layer, pixels, null, box.Left, box.Top);
        layer.Survey();
        return layer;
    }

    /// <summary>A decoded 8-bit planar frame, sample for sample.</summary>
    internal static Layer ReadYuv(ReadOnlySpan<byte> frame, int width, int height)
    {
        var layer = new Layer(0, 0, width, height, opaque: true);
        var rest = Widen(frame, layer.Y);
        rest = Widen(rest, layer.U);
        Widen(rest, layer.V);
        return layer;
    }

    private static ReadOnlySpan<byte> Widen(ReadOnlySpan<byte> samples, Plane plane)
    {
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < plane.Width; x++)
            {
                row[x] = (short)(samples[y * plane.Width + x] * Plane.Step);
            }

            Repeat(row, plane.Width);
        }
        return samples[(plane.Width * plane.Height)..];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Left, int Top, int Width, int Height)? Bounds(VipsPixels pixels)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            var first = 0;
            while (first < pixels.Width && row[first * 4 + 3] == 0)
            {
                first++;
            }

            if (first == pixels.Width)
            {
                continue;
            }

            var last = pixels.Width - 1;
            while (row[last * 4 + 3] == 0)
            {
                last--;
            }

            (left, right) = (Math.Min(left, first), Math.Max(right, last));
            (top, bottom) = (Math.Min(top, y), y);
        }
        if (right < 0)
        {
            return null;
        }
        // Two clear samples all round: bilinear reading then fades out at the rim instead of repeating it.
        left = (left - 2) & ~1;
        top = (top - 2) & ~1;
        return (left, top, (right + 4 - left) & ~1, (bottom + 4 - top) & ~1);
    }

    private static void Fill(Layer layer, VipsPixels pixels, IReadOnlyList<Rgb>? ground, int left = 0, int top = 0)
    {
        var width = layer.Width;
        var sums = new float[width * 3 + 12];
        for (var y = 0; y < layer.Height; y += 2)
        {
            Array.Clear(sums);
            FillLuma(layer, pixels, ground, y, left, top, sums);
            FillLuma(layer, pixels, ground, y + 1, left, top, sums);
            FillChroma(layer, y / 2, sums);
        }
    }

    // Adds the row's chroma and alpha into sums (three planes side by side, one sample in front for the left neighbour).
    private static void FillLuma(Layer layer, VipsPixels pixels, IReadOnlyList<Rgb>? ground, int y, int left, int top, float[] sums)
    {
        var sourceY = y + top;
        if ((uint)sourceY >= (uint)pixels.Height)
        {
            return;
        }

        var row = pixels.Row(sourceY);
        var bands = pixels.Bands;
        var luma = layer.Y.Row(y);
        var alphas = layer.Alpha is { } plane ? plane.Row(y) : null;
        var below = ground is null ? default : ground[Math.Min(sourceY, ground.Count - 1)];
        var span = layer.Width + 4;
        var from = Math.Max(0, -left);
        var to = Math.Min(layer.Width, pixels.Width - left);
        var done = from;
        if (bands == 4)
        {
            fixed (byte* source = row)
            fixed (float* sum = sums)
            {
                done += PixelRow.Add(source + (from + left) * 4, to - from, ground is null ? null : below, luma + from, alphas == null ? null : alphas + from,
                    sum + from + 1, sum + span + from + 1, sum + 2 * span + from + 1);
            }
        }
        for (var x = done; x < to; x++)
        {
            var p = (x + left) * bands;
            if (alphas != null && row[p + 3] == 0)
            {
                continue;
            }

            float r = row[p], g = bands > 2 ? row[p + 1] : r, b = bands > 2 ? row[p + 2] : r;
            var a = bands == 4 ? row[p + 3] / 255f : bands == 2 ? row[p + 1] / 255f : 1f;
            if (ground is not null)
            {
                r = r * a + below.R * (1 - a);
                g = g * a + below.G * (1 - a);
                b = b * a + below.B * (1 - a);
                a = 1;
            }
            var bright = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            luma[x] = (short)((16 + bright * (219f / 255)) * a * Plane.Step + 0.5f);
            if (alphas != null)
            {
                alphas[x] = (short)(a * RowMath.One + 0.5f);
            }

            sums[x + 1] += (128 + (b - bright) * (224f / 255 / 1.8556f)) * a;
            sums[span + x + 1] += (128 + (r - bright) * (224f / 255 / 1.5748f)) * a;
            sums[2 * span + x + 1] += a;
        }
        if (layer.Alpha is null)
        {
            Repeat(luma, layer.Width);
        }
    }

    // Chroma lies on the even luma columns: weights 1 2 1 across, both rows down.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillChroma(Layer layer, int y, float[] sums)
    {
        var span = layer.Width + 4;
        short* u = layer.U.Row(y), v = layer.V.Row(y);
        var alphas = layer.ChromaAlpha is { } plane ? plane.Row(y) : null;
        for (var i = 0; i < 3; i++)
        {
            sums[i * span] = layer.Alpha is null ? sums[i * span + 1] : 0;
        }

        fixed (float* blue = sums)
        {
            float* red = blue + span, cover = red + span;
            var half = layer.Width / 2;
            for (var x = 0; x < half; x++)
            {
                if (alphas != null)
                {
                    var covered = Across(cover + 2 * x);
                    if (covered == 0)
                    {
                        continue;
                    }

                    alphas[x] = (short)(covered * RowMath.One + 0.5f);
                }
                u[x] = (short)(Across(blue + 2 * x) * Plane.Step + 0.5f);
                v[x] = (short)(Across(red + 2 * x) * Plane.Step + 0.5f);
            }
        }
        if (layer.Alpha is null)
        {
            Repeat(u, layer.Width / 2);
            Repeat(v, layer.Width / 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Across(float* sums) => (sums[0] + 2 * sums[1] + sums[2]) * 0.125f;

    // An opaque sheet repeats its last sample into the padding, for the right neighbour of the last one.
    private static void Repeat(short* row, int width)
    {
        for (var x = width; x < width + 4; x++)
        {
            row[x] = row[width - 1];
        }
    }
}
