using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>The small mark in the upper right corner that says what this is: an animatic, not the film.</summary>
internal static class MarkPainter
{
    private const string Word = "ANIMATIC";

    internal static Layer Draw(int width, int height)
    {
        var (canvas, left, top) = Paint(width, height);
        return canvas.ToLayer(left, top)!;
    }

    /// <summary>The mark as an image with alpha and where it goes, for stills.</summary>
    internal static (InkCanvas Canvas, int Left, int Top) Paint(int width, int height)
    {
        var type = new CaptionType(width, height);
        var size = Math.Max(7, type.Body * 0.5);
        using var mask = new VipsText { Text = Word, Size = size, SemiBold = true, Tracking = size * 0.14 }.Draw();
        var padX = (int)Math.Round(size * 0.85);
        var padY = (int)Math.Round(size * 0.55);
        var (wide, high) = (mask.Width + 2 * padX, mask.Height + 2 * padY);
        var left = (width - type.MarginX - wide) & ~1;
        var top = type.MarginY & ~1;
        var canvas = new InkCanvas(wide, high);
        canvas.Pill(0, 0, wide, high, 0.6);
        canvas.Draw(mask, padX, padY, new Rgb(255, 255, 255), 0.92);
        return (canvas, left, top);
    }
}
