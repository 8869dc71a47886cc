using System.Globalization;
using System.Security;

namespace Kinora.Adapters.Media.Vips;

/// <summary>How text lines sit against each other.</summary>
internal enum VipsAlign
{
    Left,
    Centre,
    Right,
}

/// <summary>Text set by Pango in the fonts that ship with the program (Inter, then Noto Sans SC), never in the machine's own.</summary>
internal sealed record VipsText
{
    /// <summary>Plain text; markup signs are escaped.</summary>
    public required string Text { get; init; }

    /// <summary>Font size in pixels.</summary>
    public required double Size { get; init; }

    public bool SemiBold { get; init; }

    /// <summary>Lines break at this many pixels (inside a word when they must); 0 is one line.</summary>
    public int WrapAt { get; init; }

    /// <summary>Extra space between letters, in pixels.</summary>
    public double Tracking { get; init; }

    /// <summary>Extra space between lines, in pixels.</summary>
    public int Leading { get; init; }

    public VipsAlign Align { get; init; }

    /// <summary>A one-band mask (255 is ink) exactly as large as the ink.</summary>
    internal VipsImage Draw()
    {
        var style = string.Create(CultureInfo.InvariantCulture, $"Inter{(SemiBold ? " Semi-Bold" : "")} {Size:0.##}px");
        var spacing = (int)(Tracking * 1024);
        var markup = string.Create(CultureInfo.InvariantCulture, $"<span letter_spacing=\"{spacing}\">{SecurityElement.Escape(Text)}</span>");
        using var operation = new VipsOperation("text").Set("text", markup).Set("font", style).Set("dpi", 72);
        operation.Set("align", Align switch { VipsAlign.Centre => "centre", VipsAlign.Right => "high", _ => "low" });
        if (WrapAt > 0)
        {
            operation.Set("width", WrapAt).Set("wrap", "word-char");
        }

        if (Leading != 0)
        {
            operation.Set("spacing", Leading);
        }

        return operation.RunToImage();
    }
}
