using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>
/// The colours of a scene: a sky of three stops, the haze that distance fades into, and a light that tints every local colour.
/// Depth is told by tone alone, so few colours are needed.
/// </summary>
internal sealed record Palette
{
    public required Rgb Top { get; init; }

    public required Rgb Middle { get; init; }

    public required Rgb Low { get; init; }

    /// <summary>What far things fade into.</summary>
    public required Rgb Haze { get; init; }

    /// <summary>The disc of sun or moon.</summary>
    public required Rgb Disc { get; init; }

    /// <summary>The light, as a factor a channel.</summary>
    public required (double R, double G, double B) Light { get; init; }

    public bool IsDark { get; init; }

    internal static Palette For(SceneIdea idea)
    {
        var variants = ByTime(idea.Time);
        var palette = variants[(int)(idea.Seed / 31 % (ulong)variants.Length)];
        return idea.Weather switch
        {
            Weather.Rain or Weather.Storm => palette.Veil(palette.Grade(Rgb.Hex(idea.Weather == Weather.Storm ? 0x66727Fu : 0x8A98A6)), 0.62, 0.72),
            Weather.Fog => palette.Veil(palette.Grade(Rgb.Hex(0xD3D9DC)), 0.6, 0.7),
            Weather.Snow => palette.Veil(palette.Grade(Rgb.Hex(0xDCE5EC)), 0.5, 0.75) with { Snow = 0.82 },
            Weather.Cloudy => palette.Veil(palette.Grade(Rgb.Hex(0xB4BFC8)), 0.45, 0.8),
            _ => palette,
        };
    }

    /// <summary>A local colour in this light.</summary>
    internal Rgb Grade(Rgb colour) =>
        new Rgb((float)(colour.R * Light.R), (float)(colour.G * Light.G), (float)(colour.B * Light.B)).Clamp();

    /// <summary>A local colour in this light, so far away (0 near, 1 lost in the haze).</summary>
    internal Rgb Tone(uint local, double distance) => Grade(Rgb.Hex(local)).Mix(Haze, distance);

    /// <summary>The ground: as <see cref="Tone"/>, but white under snow.</summary>
    internal Rgb Ground(uint local, double distance) =>
        Grade(Rgb.Hex(local).Mix(Rgb.Hex(0xEFF4F9), Snow)).Mix(Haze, distance * (1 - Snow * 0.4));

    /// <summary>How much snow lies, 0 to 1.</summary>
    public double Snow { get; init; }

    private Palette Veil(Rgb grey, double share, double saturation) => this with
    {
        Top = Top.Saturate(saturation).Mix(grey.Shade(-0.12), share),
        Middle = Middle.Saturate(saturation).Mix(grey, share),
        Low = Low.Saturate(saturation).Mix(grey.Shade(0.18), share),
        Haze = Haze.Saturate(saturation).Mix(grey.Shade(0.08), share),
    };

    private static Palette[] ByTime(TimeOfDay time) => time switch
    {
        TimeOfDay.Dawn =>
        [
            Of(0x6C8FBF, 0xC9B8CF, 0xFBD9B8, 0xF0CDBB, 0xFFF0D2, (0.98, 0.88, 0.86)),
            Of(0x7A9CC6, 0xE3BFC0, 0xFFE2BE, 0xEFD2C4, 0xFFF4DC, (1.0, 0.9, 0.86)),
        ],
        TimeOfDay.Sunset =>
        [
            Of(0x4B4F8F, 0xD9737A, 0xFBC486, 0xE9A184, 0xFFE7AE, (0.98, 0.76, 0.68)),
            Of(0x3F5A8C, 0xE88B6E, 0xFFD08A, 0xEBAE86, 0xFFEBB8, (1.0, 0.8, 0.66)),
        ],
        TimeOfDay.Dusk =>
        [
            Of(0x222C58, 0x655E97, 0xD59AA2, 0x7C719E, 0xF6E6D2, (0.56, 0.54, 0.74)),
            Of(0x1F3357, 0x4E6C97, 0xDDA98F, 0x6F7E9F, 0xF6E6D2, (0.55, 0.58, 0.74)),
        ],
        TimeOfDay.Night =>
        [
            Of(0x0B1230, 0x17264F, 0x30487A, 0x2A3E69, 0xF4EFDA, (0.32, 0.40, 0.62), true),
            Of(0x0C1A2E, 0x16324B, 0x2F5A6E, 0x2A4C61, 0xF4EFDA, (0.32, 0.43, 0.58), true),
        ],
        _ =>
        [
            Of(0x5E9CCF, 0xA2CBE3, 0xE4F0EE, 0xCBE0E6, 0xFFF8DF, (1, 1, 0.98)),
            Of(0x78AFCB, 0xB5D6DE, 0xF3F0DF, 0xD6E4E0, 0xFFF8DF, (1, 0.99, 0.95)),
        ],
    };

    private static Palette Of(uint top, uint middle, uint low, uint haze, uint disc, (double, double, double) light, bool dark = false) => new()
    {
        Top = Rgb.Hex(top),
        Middle = Rgb.Hex(middle),
        Low = Rgb.Hex(low),
        Haze = Rgb.Hex(haze),
        Disc = Rgb.Hex(disc),
        Light = light,
        IsDark = dark,
    };
}
