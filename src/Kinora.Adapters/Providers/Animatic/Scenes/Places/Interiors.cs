using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>A living room and a kitchen; the sky is outside the window.</summary>
internal static class Interiors
{
    private static readonly Rgb LampLight = Rgb.Hex(0xFFD9A0);

    internal static void Room(Stage stage)
    {
        var (p, u) = Indoors(stage, 0xE3D3BF, 0xC9B59E);
        var floor = stage.Y(0.66);
        stage.Back.Rect(-10, floor, stage.Width + 20, stage.Height, p.Tone(0xA9774F, 0.08));
        for (var i = 1; i < 5; i++)
        {
            stage.Back.Rect(-10, floor + (stage.Height - floor) * i * i / 22.0, stage.Width + 20, u * 0.003, p.Tone(0x8A5E3C, 0.08));
        }

        stage.Back.Rect(-10, floor - u * 0.028, stage.Width + 20, u * 0.03, p.Tone(0xF1E6D6, 0.1));
        Window(stage, stage.X(stage.LeadsLeft ? 0.63 : 0.37), stage.Y(0.15), u * 0.42, floor - stage.Y(0.15) - u * 0.17);
        Picture(stage, stage.X(stage.LeadsLeft ? 0.24 : 0.76), stage.Y(0.24), u * 0.14);
        FloorLamp(stage, stage.X(stage.LeadsLeft ? 0.93 : 0.07), floor + u * 0.06);
        Plant(stage, stage.X(stage.LeadsLeft ? 0.06 : 0.94), floor + u * 0.07);
        stage.Foot = stage.Y(0.79);
        if (HasTableThing(stage))
        {
            Table(stage);
        }
        else
        {
            stage.Near.Ellipse(stage.X(0.5), stage.Foot + u * 0.01, u * 0.62, u * 0.085, p.Tone(0xB5523F, 0.06)).Ellipse(stage.X(0.5), stage.Foot + u * 0.01, u * 0.54, u * 0.068, p.Tone(0xD9B48C, 0.06)).Ellipse(stage.X(0.5), stage.Foot + u * 0.01, u * 0.5, u * 0.061, p.Tone(0xB5523F, 0.06));
        }
    }

    internal static void Kitchen(Stage stage)
    {
        var (p, u) = Indoors(stage, 0xDDE3DC, 0xC4CFC9);
        var counter = stage.Y(0.7);
        for (var row = 0; row < 4; row++)
        {
            for (double x = (row % 2) * -u * 0.06; x < stage.Width; x += u * 0.12)
            {
                stage.Back.Rect(x, counter - u * (0.07 * (row + 1)), u * 0.114, u * 0.064, p.Tone(row % 2 == 0 ? 0xEFEBDFu : 0xE6E2D4u, 0.1), 1, u * 0.004);
            }
        }

        Window(stage, stage.X(stage.LeadsLeft ? 0.66 : 0.34), stage.Y(0.12), u * 0.42, counter - stage.Y(0.12) - u * 0.2);
        Shelf(stage, stage.X(stage.LeadsLeft ? 0.2 : 0.8), stage.Y(0.3));
        Pendant(stage, stage.X(stage.LeadsLeft ? 0.36 : 0.64));
        stage.Near.Rect(-10, counter, stage.Width + 20, u * 0.035, p.Tone(0xB98A5E, 0.02));
        stage.Near.Rect(-10, counter, stage.Width + 20, u * 0.007, p.Tone(0xDDB78C, 0.02));
        stage.Near.Rect(-10, counter + u * 0.035, stage.Width + 20, stage.Height, p.Tone(0x55707A, 0.02));
        for (double x = -u * 0.1; x < stage.Width; x += u * 0.36)
        {
            stage.Near.Rect(x, counter + u * 0.06, u * 0.33, stage.Height, p.Tone(0x628089, 0.02), 1, u * 0.008).Rect(x + u * 0.13, counter + u * 0.082, u * 0.07, u * 0.009, p.Tone(0xE3C98F, 0.02), 1, u * 0.004);
        }

        stage.Table = counter + u * 0.012;
        stage.Foot = counter + u * 0.012;
        Fruit(stage, stage.X(stage.LeadsLeft ? 0.84 : 0.16), counter);
    }

    private static (Palette Palette, double Unit) Indoors(Stage stage, uint wall, uint low)
    {
        var outside = stage.Palette;
        var dark = stage.Idea.Time is TimeOfDay.Night or TimeOfDay.Dusk;
        // Indoors a lamp is on when it is dark outside: warm and dim, not blue.
        stage.Outside = outside;
        stage.Palette = outside with { Light = dark ? (0.62, 0.52, 0.5) : (1, 0.97, 0.93), Haze = Rgb.Hex(dark ? 0x5A4A4Fu : 0xE8DFD2u), IsDark = false };
        var top = stage.Palette.Tone(wall, 0);
        stage.Backdrop = [(0, top.Shade(-0.06)), (0.55, top), (1, stage.Palette.Tone(low, 0))];
        return (stage.Palette, stage.Unit);
    }

    private static void Window(Stage stage, double x, double top, double w, double h)
    {
        var (p, sky, u, pen) = (stage.Palette, stage.Outside!, stage.Unit, stage.Back);
        var left = x - w / 2;
        pen.Rect(left, top, w, h, pen.Fade(sky.Top.Mix(sky.Middle, 0.4), 1, sky.Low, 1));
        pen.Path(FormattableString.Invariant($"M{left:0.#} {top + h:0.#}L{left:0.#} {top + h * 0.72:0.#}Q{left + w * 0.3:0.#} {top + h * 0.56:0.#} {left + w * 0.6:0.#} {top + h * 0.7:0.#}T{left + w:0.#} {top + h * 0.66:0.#}L{left + w:0.#} {top + h:0.#}Z"), sky.Tone(0x6E9470, 0.45));
        if (sky.IsDark)
        {
            pen.Circle(left + w * 0.72, top + h * 0.24, u * 0.022, sky.Disc);
        }

        var frame = p.Tone(0xFBF5EA, 0);
        foreach (var part in (double[])[0, 0.5, 1])
        {
            pen.Rect(left + w * part - u * 0.008, top, u * 0.016, h, frame);
        }

        foreach (var part in (double[])[0, 0.45, 1])
        {
            pen.Rect(left - u * 0.008, top + h * part - u * 0.008, w + u * 0.016, u * 0.016, frame);
        }

        pen.Rect(left - u * 0.03, top + h, w + u * 0.06, u * 0.022, frame.Shade(-0.06));
        var cloth = p.Tone(0xD9A58A, 0.1);
        foreach (var side in (int[])[-1, 1])
        {
            var edge = side < 0 ? left - u * 0.03 : left + w + u * 0.03;
            pen.Path(FormattableString.Invariant($"M{edge - side * -u * 0.03:0.#} {top - u * 0.03:0.#}L{edge - side * u * 0.09:0.#} {top - u * 0.03:0.#}Q{edge - side * u * 0.085:0.#} {top + h * 0.6:0.#} {edge - side * u * 0.02:0.#} {top + h * 0.7:0.#}L{edge - side * u * 0.04:0.#} {top + h + u * 0.05:0.#}L{edge + side * u * 0.03:0.#} {top + h + u * 0.05:0.#}Z"), cloth);
        }
        pen.Rect(left - u * 0.08, top - u * 0.042, w + u * 0.16, u * 0.014, p.Tone(0x7A5A44, 0), 1, u * 0.007);
    }

    private static void Picture(Stage stage, double x, double y, double w)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        stage.Back.Rect(x - w / 2 - u * 0.012, y - u * 0.012, w + u * 0.024, w * 1.2 + u * 0.024, p.Tone(0x6B4A38, 0.05)).Rect(x - w / 2, y, w, w * 1.2, p.Tone(0xF3EADB, 0.05));
        stage.Back.Circle(x, y + w * 0.45, w * 0.2, p.Tone(0xE08A4F, 0.1)).Path(FormattableString.Invariant($"M{x - w / 2:0.#} {y + w * 1.2:0.#}L{x - w / 2:0.#} {y + w * 0.9:0.#}Q{x - w * 0.1:0.#} {y + w * 0.6:0.#} {x + w / 2:0.#} {y + w * 0.85:0.#}L{x + w / 2:0.#} {y + w * 1.2:0.#}Z"), p.Tone(0x5E8C85, 0.1));
    }

    private static void FloorLamp(Stage stage, double x, double foot)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var top = foot - u * 0.46;
        stage.Middle.Line(x, foot, x, top, p.Tone(0x4A4038, 0), u * 0.009).Ellipse(x, foot, u * 0.05, u * 0.01, p.Tone(0x4A4038, 0));
        stage.Middle.Polygon(LampLight, 1, (x - u * 0.045, top - u * 0.1), (x + u * 0.045, top - u * 0.1), (x + u * 0.08, top), (x - u * 0.08, top));
        stage.Middle.Glow(x, top - u * 0.04, u * 0.3, LampLight, 0.4);
    }

    private static void Plant(Stage stage, double x, double foot)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        for (var i = -3; i <= 3; i++)
        {
            var (tipX, tipY) = (x + i * u * 0.055, foot - u * (0.38 - Math.Abs(i) * 0.055));
            stage.Middle.Path(FormattableString.Invariant($"M{x:0.#} {foot - u * 0.1:0.#}Q{x + i * u * 0.012 - u * 0.03:0.#} {(foot + tipY) / 2:0.#} {tipX:0.#} {tipY:0.#}Q{x + i * u * 0.035 + u * 0.03:0.#} {(foot + tipY) / 2:0.#} {x:0.#} {foot - u * 0.1:0.#}Z"), p.Tone(i % 2 == 0 ? 0x4F7F5Au : 0x5F936Au, 0.04));
        }
        stage.Middle.Polygon(p.Tone(0xC06A4A, 0.02), 1, (x - u * 0.055, foot - u * 0.11), (x + u * 0.055, foot - u * 0.11), (x + u * 0.042, foot), (x - u * 0.042, foot));
    }

    private static void Table(Stage stage)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var top = stage.Y(0.705);
        stage.Near.Rect(stage.X(0.5) - u * 0.6, top, u * 1.2, u * 0.04, p.Tone(0x8A5A3C, 0.02), 1, u * 0.01).Rect(stage.X(0.5) - u * 0.6, top, u * 1.2, u * 0.012, p.Tone(0xA9764F, 0.02), 1, u * 0.006);
        foreach (var leg in (double[])[-0.52, 0.49])
        {
            stage.Near.Rect(stage.X(0.5) + u * leg, top + u * 0.03, u * 0.035, stage.Height, p.Tone(0x6E452C, 0.02));
        }

        stage.Table = top + u * 0.006;
    }

    private static void Shelf(Stage stage, double x, double y)
    {
        var (p, u, random) = (stage.Palette, stage.Unit, stage.Random);
        uint[] jars = [0xD98A5B, 0x8FB0A3, 0xE3C27A, 0xB5656A, 0x7E93B3];
        for (var row = 0; row < 2; row++)
        {
            var foot = y + row * u * 0.17;
            for (var i = 0; i < 4; i++)
            {
                var (w, h) = (u * 0.05, u * random.Between(0.06, 0.1));
                var left = x - u * 0.15 + i * u * 0.078;
                stage.Back.Rect(left, foot - h, w, h, p.Tone(jars[random.Below(5)], 0.12), 1, u * 0.01).Rect(left + u * 0.004, foot - h - u * 0.012, w - u * 0.008, u * 0.015, p.Tone(0x7A5A44, 0.08), 1, u * 0.003);
            }
            stage.Back.Rect(x - u * 0.18, foot, u * 0.36, u * 0.014, p.Tone(0x9A6B47, 0.05));
        }
    }

    private static void Pendant(Stage stage, double x)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var y = stage.Y(0.16);
        stage.Middle.Line(x, -5, x, y, p.Tone(0x3A3532, 0), u * 0.005).Path(FormattableString.Invariant($"M{x - u * 0.075:0.#} {y + u * 0.07:0.#}Q{x - u * 0.06:0.#} {y:0.#} {x:0.#} {y:0.#}Q{x + u * 0.06:0.#} {y:0.#} {x + u * 0.075:0.#} {y + u * 0.07:0.#}Z"), p.Tone(0xC9573F, 0));
        stage.Middle.Ellipse(x, y + u * 0.07, u * 0.06, u * 0.012, LampLight).Glow(x, y + u * 0.09, u * 0.26, LampLight, 0.35);
    }

    private static void Fruit(Stage stage, double x, double counter)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        stage.Near.Circle(x - u * 0.035, counter - u * 0.06, u * 0.032, p.Tone(0xE0903F, 0)).Circle(x + u * 0.03, counter - u * 0.062, u * 0.034, p.Tone(0xD5573F, 0)).Circle(x, counter - u * 0.085, u * 0.032, p.Tone(0xE8B04A, 0));
        stage.Near.Path(FormattableString.Invariant($"M{x - u * 0.1:0.#} {counter - u * 0.06:0.#}L{x + u * 0.1:0.#} {counter - u * 0.06:0.#}Q{x + u * 0.08:0.#} {counter + u * 0.004:0.#} {x:0.#} {counter + u * 0.004:0.#}Q{x - u * 0.08:0.#} {counter + u * 0.004:0.#} {x - u * 0.1:0.#} {counter - u * 0.06:0.#}Z"), p.Tone(0xF3EEE2, 0));
    }

    private static bool HasTableThing(Stage stage) =>
        stage.Idea.Subjects.Any(name => Figures.FigureCabinet.Find(name).Stand == Figures.Stand.Table);
}
