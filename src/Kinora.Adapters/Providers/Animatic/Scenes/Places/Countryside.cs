using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>Land: meadow, road, forest, mountains, desert, snow.</summary>
internal static class Countryside
{
    internal static void Meadow(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        stage.Back.Land(stage.Outline(h - u * 0.06, u * 0.05, 5), stage.Height, p.Ground(0x7FA3A0, 0.72));
        stage.Back.Land(stage.Outline(h - u * 0.005, u * 0.035, 4), stage.Height, p.Ground(0x86AC7A, 0.5));
        TreeLine(stage, stage.Middle, h + u * 0.045, 9, 0.07, 0x5E8C62, 0.4);
        stage.Middle.Land(stage.Outline(h + u * 0.05, u * 0.02, 4), stage.Height, p.Ground(0x8DB36F, 0.26));
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.035, u * 0.018, 3), stage.Height, p.Ground(0x7CA55C, 0.06));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.09, u * 0.02, 3), stage.Height, p.Ground(0x6A9350, 0));
        Tufts(stage, 0x587F45);
    }

    internal static void Road(Stage stage)
    {
        Meadow(stage);
        var (p, u) = (stage.Palette, stage.Unit);
        var top = stage.Foot - u * 0.05;
        stage.Near.Rect(0, top, stage.Width, u * 0.15, p.Tone(0x6B6F78, 0.05));
        stage.Near.Rect(0, top, stage.Width, u * 0.008, p.Tone(0xD8D2C2, 0.1));
        for (var x = -u * 0.1; x < stage.Width; x += u * 0.22)
        {
            stage.Near.Rect(x, top + u * 0.09, u * 0.11, u * 0.009, p.Tone(0xEFE7D2, 0.05), 0.85);
        }

        stage.Near.Rect(0, top + u * 0.142, stage.Width, u * 0.008, p.Tone(0xD8D2C2, 0.1));
    }

    internal static void Forest(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        Pines(stage, stage.Back, h + u * 0.02, 15, 0.34, 0x56807A, 0.68);
        stage.Back.Land(stage.Outline(h, u * 0.015, 4), stage.Height, p.Ground(0x6E9784, 0.55));
        Pines(stage, stage.Middle, h + u * 0.09, 9, 0.5, 0x3F6F5C, 0.36);
        stage.Middle.Land(stage.Outline(h + u * 0.075, u * 0.015, 4), stage.Height, p.Ground(0x5F8B68, 0.32));
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.04, u * 0.014, 3), stage.Height, p.Ground(0x557C52, 0.08));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.08, u * 0.02, 3), stage.Height, p.Ground(0x456A45, 0));
        Trunk(stage, stage.X(-0.01), u * 0.1);
        Trunk(stage, stage.X(0.985), u * 0.075);
        Tufts(stage, 0x365839);
    }

    internal static void Mountain(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        Ridge(stage, stage.Back, h, 0.34, 4, 0x8B9BB3, 0.66);
        Ridge(stage, stage.Back, h + u * 0.02, 0.24, 5, 0x6F83A0, 0.42);
        stage.Middle.Land(stage.Outline(h + u * 0.03, u * 0.03, 4), stage.Height, p.Ground(0x5F8580, 0.34));
        Pines(stage, stage.Middle, h + u * 0.085, 13, 0.12, 0x41695F, 0.28);
        stage.Middle.Land(stage.Outline(h + u * 0.08, u * 0.015, 4), stage.Height, p.Ground(0x66906B, 0.24));
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.04, u * 0.02, 3), stage.Height, p.Ground(0x6E955F, 0.06));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.09, u * 0.02, 3), stage.Height, p.Ground(0x5B8150, 0));
        Tufts(stage, 0x4B6C43);
    }

    internal static void Desert(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        stage.Back.Land(stage.Outline(h - u * 0.04, u * 0.04, 3), stage.Height, p.Ground(0xD9A679, 0.6));
        Dune(stage, stage.Back, h + u * 0.01, 0.11, 0xE0AE78, 0.42);
        Dune(stage, stage.Middle, h + u * 0.08, 0.1, 0xE5B47A, 0.22);
        Dune(stage, stage.Near, stage.Foot - u * 0.03, 0.05, 0xE2AB6C, 0.06);
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.1, u * 0.025, 2), stage.Height, p.Ground(0xCF9558, 0));
    }

    internal static void Snowfield(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        Ridge(stage, stage.Back, h, 0.2, 5, 0xA9B9CC, 0.6);
        stage.Back.Land(stage.Outline(h, u * 0.02, 4), stage.Height, p.Ground(0xD3DFEA, 0.4));
        Pines(stage, stage.Middle, h + u * 0.075, 10, 0.17, 0x5E8290, 0.34);
        stage.Middle.Land(stage.Outline(h + u * 0.06, u * 0.02, 4), stage.Height, p.Ground(0xE2EAF1, 0.18));
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.045, u * 0.022, 3), stage.Height, p.Ground(0xF0F4F8, 0.04));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.09, u * 0.02, 3), stage.Height, p.Ground(0xDDE6EF, 0));
    }

    internal static void Pines(Stage stage, Pen pen, double foot, int count, double height, uint colour, double distance)
    {
        var n = (int)(count * Math.Max(0.7, stage.Width / stage.Unit / 1.6));
        for (var i = 0; i < n; i++)
        {
            var x = stage.Width * (i + stage.Random.Between(0.1, 0.9)) / n;
            var tall = stage.Unit * height * stage.Random.Between(0.7, 1.12);
            Pine(pen, x, foot, tall, stage.Palette.Tone(colour, distance + stage.Random.Between(-0.05, 0.05)));
        }
    }

    private static void Pine(Pen pen, double x, double foot, double tall, Rgb colour)
    {
        var wide = tall * 0.24;
        pen.Rect(x - tall * 0.02, foot - tall * 0.2, tall * 0.04, tall * 0.24, colour.Shade(-0.3));
        for (var tier = 0; tier < 3; tier++)
        {
            var bottom = foot - tall * (0.1 + 0.27 * tier);
            var half = wide * (1 - 0.26 * tier);
            pen.Polygon(colour.Shade(0.03 * tier), 1, (x - half, bottom), (x, bottom - tall * 0.4), (x + half, bottom));
            pen.Polygon(colour.Shade(0.03 * tier - 0.1), 1, (x, bottom), (x, bottom - tall * 0.4), (x + half, bottom));
        }
    }

    private static void TreeLine(Stage stage, Pen pen, double foot, int count, double height, uint colour, double distance)
    {
        var n = (int)(count * Math.Max(0.7, stage.Width / stage.Unit / 1.6));
        for (var i = 0; i < n; i++)
        {
            var x = stage.Width * (i + stage.Random.Between(0, 1)) / n;
            var size = stage.Unit * height * stage.Random.Between(0.6, 1.1);
            var tone = stage.Palette.Tone(colour, distance);
            pen.Rect(x - size * 0.06, foot - size * 0.6, size * 0.12, size * 0.7, tone.Shade(-0.25));
            pen.Ellipse(x, foot - size * 0.95, size * 0.45, size * 0.58, tone);
            pen.Ellipse(x + size * 0.3, foot - size * 0.72, size * 0.3, size * 0.36, tone.Shade(-0.07));
        }
    }

    private static void Trunk(Stage stage, double x, double wide)
    {
        var tone = stage.Palette.Tone(0x2E3B33, 0.02);
        stage.Front.Polygon(tone, 1, (x - wide / 2, -10), (x + wide / 2, -10), (x + wide * 0.62, stage.Height + 10), (x - wide * 0.62, stage.Height + 10));
        stage.Front.Polygon(tone.Shade(-0.2), 1, (x + wide * 0.1, -10), (x + wide / 2, -10), (x + wide * 0.62, stage.Height + 10), (x + wide * 0.12, stage.Height + 10));
    }

    private static void Ridge(Stage stage, Pen pen, double foot, double height, int peaks, uint colour, double distance)
    {
        var p = stage.Palette;
        var n = Math.Max(2, (int)(peaks * stage.Width / stage.Unit / 1.7));
        var tone = p.Tone(colour, distance);
        var shade = tone.Mix(p.Tone(0x3E4E6B, distance), 0.28);
        var snow = p.Tone(0xF4F7FB, distance * 0.55);
        var rise = stage.Unit * height * (stage.IsTall ? 1.2 : 1);
        for (var i = 0; i < n; i++)
        {
            var x = stage.Width * (i + stage.Random.Between(0.25, 0.75)) / n;
            var high = rise * stage.Random.Between(0.6, 1.05);
            var half = high * stage.Random.Between(1.0, 1.35);
            var top = foot - high;
            var lean = half * stage.Random.Between(-0.12, 0.12);
            pen.Polygon(tone, 1, (x - half, foot + 4), (x, top), (x + half, foot + 4), (x + half, foot + stage.Unit * 0.1), (x - half, foot + stage.Unit * 0.1));
            pen.Polygon(shade, 1, (x, top), (x + half, foot + stage.Unit * 0.1), (x + lean + half * 0.1, foot + stage.Unit * 0.1), (x + lean, foot - high * 0.45));
            var cap = high * 0.26;
            var side = half * 0.26;
            pen.Polygon(snow, 1, (x, top), (x + side, top + cap), (x + side * 0.45, top + cap * 0.78), (x + side * 0.1, top + cap * 1.12), (x - side * 0.38, top + cap * 0.74), (x - side, top + cap));
        }
    }

    private static void Dune(Stage stage, Pen pen, double height, double rise, uint colour, double distance)
    {
        var p = stage.Palette;
        var u = stage.Unit;
        pen.Land(stage.Outline(height, u * rise * 0.35, 3), stage.Height, p.Ground(colour, distance));
        var x = stage.X(stage.Random.Between(0.15, 0.85));
        var top = height - u * rise;
        pen.Path(System.FormattableString.Invariant(
            $"M{x - u * 0.75:0.#} {height + u * 0.09:0.#}C{x - u * 0.35:0.#} {height:0.#} {x - u * 0.12:0.#} {top:0.#} {x:0.#} {top:0.#}C{x + u * 0.15:0.#} {top + u * 0.02:0.#} {x + u * 0.4:0.#} {height:0.#} {x + u * 0.9:0.#} {height + u * 0.09:0.#}Z"), p.Tone(colour, distance).Shade(0.05));
        pen.Path(System.FormattableString.Invariant(
            $"M{x:0.#} {top:0.#}C{x + u * 0.15:0.#} {top + u * 0.02:0.#} {x + u * 0.4:0.#} {height:0.#} {x + u * 0.9:0.#} {height + u * 0.09:0.#}L{x + u * 0.1:0.#} {height + u * 0.09:0.#}C{x - u * 0.06:0.#} {height:0.#} {x + u * 0.12:0.#} {top + u * 0.06:0.#} {x:0.#} {top:0.#}Z"), p.Tone(0x9C6440, distance), 0.38);
    }

    /// <summary>A few blades in front, at the sides: they frame and give depth.</summary>
    internal static void Tufts(Stage stage, uint colour)
    {
        var tone = stage.Palette.Tone(colour, 0).Shade(-0.2);
        foreach (var side in (double[])[-0.02, 0.07, 0.9, 0.99])
        {
            var x = stage.X(side + stage.Random.Between(-0.02, 0.02));
            for (var blade = 0; blade < 7; blade++)
            {
                var lean = stage.Unit * stage.Random.Between(-0.05, 0.05);
                var tall = stage.Unit * stage.Random.Between(0.07, 0.17);
                var root = x + blade * stage.Unit * 0.012;
                var foot = stage.Y(1.0) + stage.Unit * 0.02;
                stage.Front.Path(System.FormattableString.Invariant(
                    $"M{root - stage.Unit * 0.007:0.#} {foot:0.#}Q{root:0.#} {foot - tall * 0.6:0.#} {root + lean:0.#} {foot - tall:0.#}Q{root + stage.Unit * 0.006:0.#} {foot - tall * 0.5:0.#} {root + stage.Unit * 0.009:0.#} {foot:0.#}Z"), tone);
            }
        }
    }
}
