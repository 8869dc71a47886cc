using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>A street of small houses, and a city's skyline.</summary>
internal static class Towns
{
    private static readonly uint[] Walls = [0xC9826B, 0xE0C9A6, 0x8FA7A0, 0xB8677A, 0xD9A05B, 0x7E93B3, 0xCBB8A0];
    private static readonly uint[] Awnings = [0xC94A3D, 0x2F6F73, 0xE0A03C, 0x5B5F97];
    private static readonly Rgb Lamp = Rgb.Hex(0xFFD98A);

    internal static void Street(Stage stage)
    {
        Skies.Draw(stage);
        var (p, u) = (stage.Palette, stage.Unit);
        var pavement = stage.Foot - u * 0.085;
        Blocks(stage, stage.Back, stage.Horizon + u * 0.1, 0.3, 0.62, 0.12, 0x6F7F95, 0.62, lit: false);
        var wet = stage.Idea.Weather is Weather.Rain or Weather.Storm;
        for (double x = -u * stage.Random.Between(0, 0.2); x < stage.Width;)
        {
            var wide = u * stage.Random.Between(0.26, 0.4);
            House(stage, x, pavement, wide, u * stage.Random.Between(0.4, 0.58) * (stage.IsTall ? 1.3 : 1));
            x += wide;
        }
        stage.Middle.Rect(-10, pavement, stage.Width + 20, stage.Height, p.Tone(0xA8A39B, 0.16));
        stage.Near.Rect(-10, pavement + u * 0.045, stage.Width + 20, u * 0.012, p.Tone(0x8E8A84, 0.06));
        stage.Near.Rect(-10, pavement + u * 0.055, stage.Width + 20, stage.Height, p.Tone(wet ? 0x4E5866u : 0x62666Fu, 0.04));
        if (wet)
        {
            Wet(stage, pavement + u * 0.055);
        }
        else
        {
            for (var x = -u * 0.1; x < stage.Width; x += u * 0.3)
            {
                stage.Near.Rect(x, stage.Foot + u * 0.07, u * 0.15, u * 0.01, p.Tone(0xEFE7D2, 0.05), 0.8);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            StreetLamp(stage, stage.X(0.12 + 0.4 * i), pavement + u * 0.05);
        }

        stage.Water = pavement + u * 0.105;
        stage.Foot = pavement + (stage.Idea.Subjects.Any(name => name is "car" or "bus" or "bicycle") ? u * 0.12 : u * 0.038);
    }

    internal static void City(Stage stage)
    {
        Skies.Draw(stage);
        var (p, u) = (stage.Palette, stage.Unit);
        var tall = stage.IsTall ? 1.35 : 1.0;
        var foot = stage.Y(0.72);
        Blocks(stage, stage.Back, foot, 0.22 * tall, 0.5 * tall, 0.09, 0x7C8CA6, 0.7, lit: false);
        Blocks(stage, stage.Back, foot, 0.16 * tall, 0.4 * tall, 0.11, 0x5F7290, 0.46, lit: true);
        Blocks(stage, stage.Middle, foot, 0.08 * tall, 0.26 * tall, 0.14, 0x44566F, 0.2, lit: true);
        stage.Middle.Rect(-10, foot - 2, stage.Width + 20, stage.Height, p.Tone(0x44566F, 0.2));
        var deck = stage.Foot - u * 0.03;
        stage.Near.Rect(-10, deck, stage.Width + 20, stage.Height, p.Tone(0x525C6B, 0.03));
        stage.Near.Rect(-10, deck, stage.Width + 20, u * 0.014, p.Tone(0x8A93A0, 0.08));
        for (double x = 0; x < stage.Width; x += u * 0.09)
        {
            stage.Near.Line(x, deck, x, deck - u * 0.07, p.Tone(0x3A4452, 0.06), u * 0.005);
        }

        stage.Near.Line(-5, deck - u * 0.07, stage.Width + 5, deck - u * 0.07, p.Tone(0x3A4452, 0.06), u * 0.009);
    }

    private static void Blocks(Stage stage, Pen pen, double foot, double low, double high, double wide, uint colour, double distance, bool lit)
    {
        var (p, u, random) = (stage.Palette, stage.Unit, stage.Random);
        for (double x = -u * random.Between(0, wide); x < stage.Width;)
        {
            var (w, h) = (u * wide * random.Between(0.7, 1.3), u * random.Between(low, high));
            var tone = p.Tone(colour, distance + random.Between(-0.05, 0.05));
            pen.Rect(x, foot - h, w + 1, h + u * 0.3, tone);
            pen.Rect(x + w * 0.62, foot - h, w * 0.38 + 1, h + u * 0.3, tone.Shade(-0.09));
            switch (random.Below(4))
            {
                case 0: pen.Line(x + w * 0.4, foot - h, x + w * 0.4, foot - h - u * 0.06, tone, u * 0.005); break;
                case 1: pen.Rect(x + w * 0.2, foot - h - u * 0.025, w * 0.4, u * 0.03, tone); break;
                case 2: pen.Rect(x + w * 0.15, foot - h - u * 0.018, w * 0.7, u * 0.02, tone.Shade(-0.05)); break;
            }
            if (lit)
            {
                Windows(stage, pen, x, foot - h, w, h, tone);
            }

            x += w;
        }
    }

    private static void Windows(Stage stage, Pen pen, double x, double top, double w, double h, Rgb wall)
    {
        var u = stage.Unit;
        var night = stage.Idea.Time is TimeOfDay.Night or TimeOfDay.Dusk;
        var columns = Math.Max(2, (int)(w / (u * 0.026)));
        var rows = Math.Min(14, (int)(h / (u * 0.036)));
        var (dx, dy) = (w / (columns + 0.5), u * 0.036);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (stage.Random.Chance(night ? 0.42 : 0.5))
                {
                    pen.Rect(x + dx * (c + 0.45), top + u * 0.02 + dy * r, dx * 0.5, dy * 0.5,
                        night ? Lamp : wall.Mix(stage.Palette.Low, 0.4), night ? stage.Random.Between(0.5, 0.95) : 0.55);
                }
            }
        }
    }

    private static void House(Stage stage, double x, double foot, double w, double h)
    {
        var (p, u, random, pen) = (stage.Palette, stage.Unit, stage.Random, stage.Middle);
        var dark = stage.Idea.Time is TimeOfDay.Night or TimeOfDay.Dusk || stage.Idea.Weather is Weather.Rain or Weather.Storm;
        var wall = p.Tone(Walls[random.Below(Walls.Length)], 0.26);
        var roof = p.Tone(0x5A4A4A, 0.24);
        var top = foot - h;
        pen.Rect(x, top, w + 1, h, wall);
        pen.Rect(x + w * 0.93, top, w * 0.07 + 1, h, wall.Shade(-0.12));
        if (random.Chance(0.45))
        {
            pen.Polygon(roof, 1, (x - u * 0.008, top + 1), (x + w / 2, top - w * 0.34), (x + w + u * 0.008, top + 1));
        }
        else
        {
            pen.Rect(x - u * 0.006, top - u * 0.022, w + u * 0.012, u * 0.03, roof);
        }

        var ground = u * 0.15;
        var columns = w > u * 0.32 ? 3 : 2;
        var rows = (int)((h - ground - u * 0.03) / (u * 0.125));
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var (wx, wy) = (x + w * (c + 0.5) / columns - u * 0.027, top + u * 0.035 + r * u * 0.125);
                var lit = dark && random.Chance(0.45);
                pen.Rect(wx - u * 0.005, wy - u * 0.005, u * 0.064, u * 0.084, wall.Shade(0.25), 1, u * 0.004);
                pen.Rect(wx, wy, u * 0.054, u * 0.074, lit ? Lamp : p.Tone(0x51697D, 0.25), 1, u * 0.003);
                pen.Rect(wx + u * 0.0255, wy, u * 0.003, u * 0.074, wall.Shade(0.25));
            }
        }

        var shop = x + w * 0.1;
        pen.Rect(shop, foot - u * 0.105, w * 0.5, u * 0.088, dark ? Lamp.Mix(wall, 0.15) : p.Tone(0x5F7C8C, 0.22));
        pen.Rect(x + w * 0.68, foot - u * 0.12, w * 0.2, u * 0.12, p.Tone(0x4A3A36, 0.2), 1, u * 0.004);
        Awning(stage, shop - w * 0.03, foot - u * 0.135, w * 0.56, p.Tone(Awnings[random.Below(Awnings.Length)], 0.14), p.Tone(0xF6EFE2, 0.16));
    }

    private static void Awning(Stage stage, double x, double y, double w, Rgb one, Rgb two)
    {
        var u = stage.Unit;
        for (var i = 0; i < 6; i++)
        {
            var (left, step) = (x + w * i / 6, w / 6);
            stage.Middle.Path(FormattableString.Invariant(
                $"M{left:0.#} {y:0.#}L{left + step + 0.4:0.#} {y:0.#}L{left + step + 0.4:0.#} {y + u * 0.036:0.#}Q{left + step / 2:0.#} {y + u * 0.056:0.#} {left:0.#} {y + u * 0.036:0.#}Z"), i % 2 == 0 ? one : two);
        }
    }

    private static void StreetLamp(Stage stage, double x, double foot)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var pole = p.Tone(0x2F3742, 0.08);
        var top = foot - u * 0.4;
        stage.Near.Line(x, foot, x, top, pole, u * 0.009).Rect(x - u * 0.012, foot - u * 0.02, u * 0.024, u * 0.022, pole);
        stage.Near.Path(FormattableString.Invariant($"M{x - u * 0.018:0.#} {top:0.#}L{x + u * 0.018:0.#} {top:0.#}L{x + u * 0.024:0.#} {top - u * 0.045:0.#}L{x - u * 0.024:0.#} {top - u * 0.045:0.#}Z"), Lamp.Mix(p.Haze, p.IsDark ? 0 : 0.25));
        stage.Near.Polygon(pole, 1, (x - u * 0.03, top - u * 0.044), (x, top - u * 0.068), (x + u * 0.03, top - u * 0.044));
        if (stage.Idea.Time is TimeOfDay.Night or TimeOfDay.Dusk || stage.Idea.Weather is Weather.Rain or Weather.Storm or Weather.Fog)
        {
            stage.Near.Glow(x, top - u * 0.02, u * 0.2, Lamp, 0.5);
        }
    }

    // Light lies on wet stone as long soft columns, broken by thin ripples; a shallow stream runs where a boat may lie.
    private static void Wet(Stage stage, double top)
    {
        var (p, u, random) = (stage.Palette, stage.Unit, stage.Random);
        for (var i = 0; i < 12; i++)
        {
            var (x, w) = (stage.Width * random.Next(), u * random.Between(0.03, 0.09));
            stage.Near.Rect(x, top, w, u * random.Between(0.12, 0.28), stage.Near.Fade(Lamp, 0.3, Lamp, 0));
        }
        stage.HasWater = true;
        stage.Near.Land(stage.Outline(stage.Foot - u * 0.012, u * 0.007, 3), stage.Height + 10, stage.Near.Fade(p.Tone(0x6E8798, 0.36), 0.75, p.Tone(0x3E4C5C, 0.1), 0.6));
        for (var i = 0; i < 26; i++)
        {
            stage.Near.Ellipse(stage.Width * random.Next(), stage.Foot + u * random.Between(0.0, 0.16), u * random.Between(0.02, 0.09), u * 0.0022, p.Low.Shade(0.3), random.Between(0.15, 0.4));
        }
    }
}
