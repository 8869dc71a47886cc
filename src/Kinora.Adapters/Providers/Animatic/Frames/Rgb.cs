using System.Globalization;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>An sRGB colour, 0..255 a channel, kept in fractions.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    internal static Rgb Hex(uint code) => new((code >> 16) & 255, (code >> 8) & 255, code & 255);

    internal float Luma => 0.2126f * R + 0.7152f * G + 0.0722f * B;

    internal Rgb Mix(Rgb other, double share)
    {
        var s = (float)share;
        return new(R + (other.R - R) * s, G + (other.G - G) * s, B + (other.B - B) * s);
    }

    /// <summary>Lighter (towards white) for a positive amount, darker (towards black) for a negative one.</summary>
    internal Rgb Shade(double amount) => amount >= 0 ? Mix(new(255, 255, 255), amount) : Mix(new(0, 0, 0), -amount);

    internal Rgb Saturate(double factor)
    {
        var grey = new Rgb(Luma, Luma, Luma);
        return grey.Mix(this, factor).Clamp();
    }

    internal Rgb Clamp() => new(Math.Clamp(R, 0, 255), Math.Clamp(G, 0, 255), Math.Clamp(B, 0, 255));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"#{(int)Math.Round(R):x2}{(int)Math.Round(G):x2}{(int)Math.Round(B):x2}");
}
