using System.Globalization;
using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>
/// Draws a shot's lower third: what it is, its words, a note of a change, on a scrim of its own, so that it can be read on snow
/// as well as at night.
/// </summary>
internal static class CaptionPainter
{
    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Soft = new(206, 214, 224);
    private static readonly Rgb Amber = new(255, 205, 130);

    /// <summary>Null when there is nothing to say.</summary>
    internal static Layer? Draw(Shot shot, int width, int height) =>
        Paint(shot, width, height) is { } painted ? painted.Canvas.ToLayer(0, painted.Top) : null;

    /// <summary>The caption as a canvas as wide as the frame and the row it begins at. <paramref name="label"/> replaces "SHOT n": such captions have one line and
    /// cover the one that a picture may have from before.</summary>
    internal static (InkCanvas Canvas, int Top)? Paint(Shot shot, int width, int height, string? label = null)
    {
        var type = new CaptionType(width, height);
        var lines = new List<InkLine>();
        try
        {
            SetLines(shot, type, lines, label);
            return lines.Count == 0 ? null : Paint(lines, type, covers: label is not null);
        }
        finally
        {
            lines.ForEach(line => line.Mask.Dispose());
        }
    }

    /// <summary>The boxes of ink in the frame, for whoever must know that nothing is cut.</summary>
    internal static IReadOnlyList<(int Left, int Top, int Width, int Height)> Measure(Shot shot, int width, int height)
    {
        var type = new CaptionType(width, height);
        var lines = new List<InkLine>();
        SetLines(shot, type, lines, null);
        Place(lines, type);
        var boxes = lines.Select(line => (line.Left, line.Top, line.Mask.Width, line.Mask.Height)).ToArray();
        lines.ForEach(line => line.Mask.Dispose());
        return boxes;
    }

    private static void SetLines(Shot shot, CaptionType type, List<InkLine> lines, string? label)
    {
        var text = FontCoverage.Keep(shot.Text);
        if (!type.IsTiny)
        {
            Add(lines, type, label ?? Label(shot), type.Label, true, 1, Soft, 0, type.Label * 0.11);
        }

        Add(lines, type, text, type.Body, false, label is null ? type.MostLines : 1, White, type.Body * 0.5);
        if (shot.Revision is { Length: > 0 } revision && !type.IsTiny)
        {
            Add(lines, type, "Revised: " + FontCoverage.Keep(revision), type.Note, false, 1, Amber, type.Body * 0.5);
        }
    }

    private static void Add(List<InkLine> lines, CaptionType type, string text, double size, bool bold, int most, Rgb colour, double gap, double tracking = 0)
    {
        var style = new VipsText { Text = text, Size = size, SemiBold = bold, Tracking = tracking, Leading = (int)(size * 0.16) };
        if (FittedText.Draw(style, type.MostWidth, most) is { } mask)
        {
            lines.Add(new InkLine(mask, colour) { Gap = lines.Count == 0 ? 0 : (int)gap });
        }
    }

    private static string Label(Shot shot)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"SHOT {shot.Number}");
        return shot.MoveIsWritten ? $"{number}  ·  {shot.Move.Label().ToUpperInvariant()}" : number;
    }

    // From the bottom margin upwards.
    private static void Place(List<InkLine> lines, CaptionType type)
    {
        var top = type.Height - type.MarginY - lines.Sum(line => line.Mask.Height + line.Gap);
        foreach (var line in lines)
        {
            line.Top = top + line.Gap;
            line.Left = type.MarginX;
            top = line.Top + line.Mask.Height;
        }
    }

    private static (InkCanvas, int) Paint(List<InkLine> lines, CaptionType type, bool covers)
    {
        Place(lines, type);
        var textTop = lines[0].Top;
        var top = Math.Max(0, (int)(textTop - type.Body * 3.2)) & ~1;
        var canvas = new InkCanvas(type.Width, type.Height - top);
        canvas.Scrim(textTop - top - type.Body * 0.4, covers);
        foreach (var line in lines)
        {
            canvas.Draw(line.Mask, line.Left, line.Top - top, line.Colour);
        }

        return (canvas, top);
    }

    private sealed class InkLine(VipsImage mask, Rgb colour)
    {
        internal VipsImage Mask { get; } = mask;

        internal Rgb Colour { get; } = colour;

        internal int Gap { get; init; }

        internal int Left { get; set; }

        internal int Top { get; set; }
    }
}
