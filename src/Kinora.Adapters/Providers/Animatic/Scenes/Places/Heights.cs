using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>Sky, space, and the landscape of no words.</summary>
internal static class Heights
{
    internal static void Sky(Stage stage)
    {
        stage.Horizon = stage.Y(0.9);
        Skies.Draw(stage);
        var (p, u) = (stage.Palette, stage.Unit);
        stage.Air = stage.Y(0.42);
        var white = p.Low.Mix(p.Disc, 0.4).Shade(p.IsDark ? -0.35 : 0.35);
        for (var bank = 0; bank < 3; bank++)
        {
            var pen = bank == 0 ? stage.Back : bank == 1 ? stage.Middle : stage.Near;
            var y = stage.Y(0.78 + bank * 0.1);
            var tone = white.Mix(p.Haze, 0.55 - bank * 0.22);
            for (double x = -u * 0.2; x < stage.Width + u * 0.2; x += u * (0.3 + 0.1 * bank))
            {
                Skies.Cloud(stage, pen, x, y + u * 0.06, u * stage.Random.Between(0.26, 0.4), tone, 1);
            }

            pen.Rect(-10, y + u * 0.04, stage.Width + 20, stage.Height, tone);
        }
        stage.Foot = stage.Y(0.84);
    }

    internal static void Space(Stage stage)
    {
        var top = Rgb.Hex(0x070A1C);
        stage.Palette = stage.Palette with { Haze = Rgb.Hex(0x2E2F5E), Light = (0.86, 0.86, 0.95), IsDark = true, Disc = Rgb.Hex(0xFFF1D0) };
        stage.Backdrop = [(0, top), (0.6, Rgb.Hex(0x1A1B44)), (1, Rgb.Hex(0x3B2E63))];
        stage.Horizon = stage.Y(0.95);
        var u = stage.Unit;
        stage.Back.Glow(stage.X(0.3), stage.Y(0.6), u * 0.9, Rgb.Hex(0x7B4C9E), 0.34).Glow(stage.X(0.8), stage.Y(0.25), u * 0.7, Rgb.Hex(0x2E6E9E), 0.3);
        Skies.Stars(stage, 1);
        Planet(stage, stage.X(stage.LeadsLeft ? 0.72 : 0.28), stage.Y(0.32), u * 0.17);
        stage.Back.Circle(stage.X(stage.LeadsLeft ? 0.9 : 0.1), stage.Y(0.6), u * 0.035, "#B9C6D8").Circle(stage.X(stage.LeadsLeft ? 0.907 : 0.107), stage.Y(0.6), u * 0.03, "#8E9DB5", 0.6);
        stage.Air = stage.Y(0.42);
        var ground = stage.Outline(stage.Foot - u * 0.03, u * 0.02, 3);
        stage.Middle.Land(stage.Outline(stage.Foot - u * 0.09, u * 0.03, 5), stage.Height, stage.Palette.Tone(0x57527C, 0.3));
        stage.Near.Land(ground, stage.Height, stage.Palette.Tone(0x8B86A6, 0.05));
        for (var i = 0; i < 9; i++)
        {
            var (x, y, r) = (stage.Width * stage.Random.Next(), stage.Foot + u * stage.Random.Between(0.03, 0.2), u * stage.Random.Between(0.02, 0.06));
            stage.Near.Ellipse(x, y, r, r * 0.26, stage.Palette.Tone(0x6A658A, 0.05)).Ellipse(x, y + r * 0.05, r * 0.86, r * 0.18, stage.Palette.Tone(0x5B567B, 0.05));
        }
    }

    /// <summary>No word was known: long quiet waves of tone under a large disc, in the scene's own light.</summary>
    internal static void Abstract(Stage stage)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var x = stage.X(stage.LeadsLeft ? 0.66 : 0.34);
        var radius = u * stage.Random.Between(0.19, 0.25);
        var y = stage.Horizon - radius * 0.75;
        stage.Back.Glow(x, y, radius * 2.6, p.Disc, 0.4).Circle(x, y, radius, p.Disc.Mix(p.Low, 0.15));
        uint[] bands = stage.Random.Below(3) switch
        {
            0 => [0x6E8FA8, 0x4F7690, 0xC9785B, 0x375870],
            1 => [0x8F86A8, 0x6C6390, 0xD99A63, 0x4A4470],
            _ => [0x7FA59A, 0x5C877C, 0xE0A868, 0x3C6259],
        };
        stage.Back.Land(stage.Outline(stage.Horizon - u * 0.04, u * 0.05, 3), stage.Height, p.Tone(bands[0], 0.56));
        stage.Back.Land(stage.Outline(stage.Horizon + u * 0.03, u * 0.05, 3), stage.Height, p.Tone(bands[1], 0.38));
        stage.Middle.Land(stage.Outline(stage.Horizon + u * 0.12, u * 0.05, 3), stage.Height, p.Tone(bands[2], 0.2));
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.02, u * 0.03, 2), stage.Height, p.Tone(bands[3], 0.06));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.12, u * 0.03, 2), stage.Height, p.Tone(bands[3], 0).Shade(-0.14));
    }

    private static void Planet(Stage stage, double x, double y, double r)
    {
        var (one, two) = stage.Random.Chance(0.5) ? (0xD98A5Bu, 0xE8B27Au) : (0x6FA0B8u, 0x9CC3CFu);
        var ring = stage.Palette.Tone(0xE9D8B8, 0.1);
        string Arc(int sweep) => FormattableString.Invariant($"M{-r * 1.9:0.#} 0A{r * 1.9:0.#} {r * 0.42:0.#} 0 0 {sweep} {r * 1.9:0.#} 0L{r * 1.5:0.#} 0A{r * 1.5:0.#} {r * 0.3:0.#} 0 0 {1 - sweep} {-r * 1.5:0.#} 0Z");
        stage.Back.Group($"<path d='{Arc(1)}' fill='{ring}' opacity='.6'/>", x, y, 1, 1, -16);
        stage.Back.Circle(x, y, r, stage.Palette.Tone(one, 0.05));
        stage.Back.Group(FormattableString.Invariant($"<path d='M{-r * 0.94:0.#} {-r * 0.34:0.#}Q0 {-r * 0.2:0.#} {r * 0.94:0.#} {-r * 0.34:0.#}L{r:0.#} {-r * 0.05:0.#}Q0 {r * 0.12:0.#} {-r:0.#} {-r * 0.05:0.#}Z' fill='{stage.Palette.Tone(two, 0.05)}'/>"), x, y, 1, 1, -16);
        stage.Back.Path(FormattableString.Invariant($"M{x + r * 0.2:0.#} {y - r * 0.98:0.#}A{r:0.#} {r:0.#} 0 0 1 {x + r * 0.2:0.#} {y + r * 0.98:0.#}A{r * 1.5:0.#} {r * 1.5:0.#} 0 0 0 {x + r * 0.2:0.#} {y - r * 0.98:0.#}Z"), "#0A0C22", 0.35);
        stage.Back.Group($"<path d='{Arc(0)}' fill='{ring}'/>", x, y, 1, 1, -16);
    }
}
