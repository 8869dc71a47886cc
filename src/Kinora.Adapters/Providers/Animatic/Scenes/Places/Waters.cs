using Kinora.Adapters.Providers.Animatic.Scenes.Figures;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>Sea, beach, river, and under water.</summary>
internal static class Waters
{
    internal static void Sea(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        stage.Back.Land(stage.Outline(h - u * 0.012, u * 0.018, 3), h + u * 0.01, p.Ground(0x6F8CA0, 0.62));
        Surface(stage, h);
        stage.Water = stage.Y(0.72);
        if (NeedsGround(stage))
        {
            Headland(stage);
        }
    }

    internal static void Beach(Stage stage)
    {
        Skies.Draw(stage);
        var (p, u) = (stage.Palette, stage.Unit);
        Surface(stage, stage.Horizon);
        stage.Water = stage.Y(0.645);
        var shore = stage.Outline(stage.Foot - u * 0.065, u * 0.014, 3);
        stage.Near.Land([.. shore.Select(point => (point.X, point.Y - u * 0.012))], stage.Height, p.Ground(0xF7F8F4, 0.05), 0.75);
        stage.Near.Land(shore, stage.Height, p.Ground(0xD8B98C, 0.05));
        stage.Near.Land([.. shore.Select(point => (point.X, point.Y + u * 0.03))], stage.Height, p.Ground(0xEBD3A4, 0.04));
        stage.Near.Land(stage.Outline(stage.Foot + u * 0.12, u * 0.02, 2), stage.Height, p.Ground(0xDDC08C, 0));
    }

    internal static void River(Stage stage)
    {
        Skies.Draw(stage);
        var (p, h, u) = (stage.Palette, stage.Horizon, stage.Unit);
        stage.Back.Land(stage.Outline(h - u * 0.07, u * 0.05, 4), stage.Height, p.Ground(0x7FA3A0, 0.66));
        Countryside.Pines(stage, stage.Back, h + u * 0.012, 18, 0.13, 0x4F7F6C, 0.46);
        stage.Back.Land(stage.Outline(h + u * 0.002, u * 0.006, 4), stage.Height, p.Ground(0x7FA56E, 0.34));
        Surface(stage, h + u * 0.02);
        stage.Water = stage.Y(0.7);
        stage.Foot = stage.Y(0.8);
        var bank = stage.Outline(stage.Foot + (NeedsGround(stage) ? -u * 0.03 : u * 0.12), u * 0.02, 3);
        stage.Near.Land(bank, stage.Height, p.Ground(0x6E9556, 0.02));
        Countryside.Tufts(stage, 0x557B45);
    }

    internal static void Underwater(Stage stage)
    {
        var dark = stage.Palette.IsDark;
        var top = Frames.Rgb.Hex(dark ? 0x1A4E6Bu : 0x6CC5D3);
        var deep = Frames.Rgb.Hex(dark ? 0x071B33u : 0x0F4C75);
        stage.Palette = stage.Palette with { Haze = top.Mix(deep, 0.45), Light = dark ? (0.3, 0.5, 0.62) : (0.62, 0.86, 0.94) };
        stage.Backdrop = [(0, top.Shade(0.15)), (0.45, top.Mix(deep, 0.5)), (1, deep)];
        var (p, u) = (stage.Palette, stage.Unit);
        for (var i = 0; i < 5; i++)
        {
            var x = stage.Width * stage.Random.Between(0.05, 0.95);
            var wide = u * stage.Random.Between(0.05, 0.16);
            stage.Back.Polygon(stage.Back.Fade(top.Shade(0.6), 0.28, top, 0), 1, (x, -5), (x + wide, -5), (x + wide * 2.2 - u * 0.3, stage.Y(0.85)), (x - u * 0.35, stage.Y(0.85)));
        }
        stage.Back.Land(stage.Outline(stage.Y(0.68), u * 0.06, 4), stage.Height, p.Ground(0x3E7C8C, 0.62));
        Weeds(stage, stage.Middle, stage.Y(0.82), 7, 0.26, 0x3F8A78, 0.36);
        stage.Middle.Land(stage.Outline(stage.Y(0.79), u * 0.025, 3), stage.Height, p.Ground(0x4F8C8E, 0.4));
        stage.Foot = stage.Y(0.83);
        stage.Air = stage.Y(0.44);
        Weeds(stage, stage.Near, stage.Y(0.95), 5, 0.34, 0x2F7A66, 0.1);
        stage.Near.Land(stage.Outline(stage.Y(0.85), u * 0.02, 3), stage.Height, p.Ground(0xD9C79A, 0.3));
        for (var i = 0; i < 22; i++)
        {
            var (x, y) = (stage.Width * stage.Random.Next(), stage.Height * stage.Random.Between(0.08, 0.8));
            stage.Middle.Circle(x, y, u * stage.Random.Between(0.003, 0.011), "#FFFFFF", stage.Random.Between(0.12, 0.4));
        }
    }

    /// <summary>Water from a horizon down, darker in front, with the light's path and long flat ripples; it moves.</summary>
    internal static void Surface(Stage stage, double top)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        var (far, near) = (p.Tone(0x5E9DB5, 0.5), p.Tone(0x2F6F92, 0.05));
        stage.HasWater = true;
        stage.Waterline = top + u * 0.012;
        stage.Middle.Rect(-10, top, stage.Width + 20, stage.Height - top + 20, far);
        stage.Middle.Rect(-10, top, stage.Width + 20, stage.Height - top + 20, stage.Middle.Fade(p.Low.Mix(far, 0.4), 1, near, 1));
        if (stage.Sun is { } sun)
        {
            Glitter(stage, sun.X, top, sun.Radius);
        }

        for (var i = 0; i < 46; i++)
        {
            var depth = Math.Pow(stage.Random.Next(), 1.5);
            var y = top + u * 0.012 + (stage.Height - top) * depth;
            var wide = u * (0.03 + 0.16 * depth) * stage.Random.Between(0.5, 1.3);
            stage.Middle.Ellipse(stage.Width * stage.Random.Next(), y, wide, u * (0.0012 + 0.0042 * depth), stage.Random.Chance(0.6) ? p.Low.Shade(0.2) : near.Shade(-0.2), 0.26);
        }
    }

    private static void Glitter(Stage stage, double x, double top, double radius)
    {
        for (var i = 0; i < 22; i++)
        {
            var depth = Math.Pow((i + stage.Random.Next()) / 22, 1.35);
            var y = top + 3 + (stage.Height - top) * 0.85 * depth;
            var wide = radius * (0.5 + 0.9 * depth) * stage.Random.Between(0.3, 1);
            stage.Middle.Ellipse(x + radius * stage.Random.Between(-0.5, 0.5) * (0.4 + depth), y, wide, stage.Unit * (0.0016 + 0.0045 * depth), stage.Palette.Disc, 0.62 * (1 - depth * 0.75));
        }
    }

    private static void Headland(Stage stage)
    {
        var (p, u) = (stage.Palette, stage.Unit);
        stage.Foot = stage.Y(0.68);
        var left = stage.LeadsLeft;
        var (from, to) = left ? (-20.0, stage.X(0.6)) : (stage.X(0.4), stage.Width + 20);
        var rim = left ? to : from;
        var d = left ? 1 : -1;
        var start = left ? from : to;
        string Shape(double drop, double reach) => System.FormattableString.Invariant(
            $"M{start:0.#} {stage.Foot + drop - u * 0.012:0.#}L{rim - d * u * 0.34:0.#} {stage.Foot + drop:0.#}C{rim - d * u * 0.14:0.#} {stage.Foot + drop + u * 0.01:0.#} {rim - d * u * 0.1:0.#} {stage.Foot + drop + u * 0.1:0.#} {rim + d * u * reach:0.#} {stage.Foot + u * 0.2:0.#}L{rim + d * u * (reach + 0.1):0.#} {stage.Height + 20:0.#}L{start:0.#} {stage.Height + 20:0.#}Z");
        stage.Near.Path(Shape(0, 0.02), p.Tone(0x5E6B66, 0.12));
        stage.Near.Path(Shape(0.06 * u, -0.06), p.Tone(0x4B5754, 0.06));
        stage.Near.Path(System.FormattableString.Invariant(
            $"M{start:0.#} {stage.Foot - u * 0.012:0.#}L{rim - d * u * 0.34:0.#} {stage.Foot:0.#}C{rim - d * u * 0.16:0.#} {stage.Foot + u * 0.01:0.#} {rim - d * u * 0.14:0.#} {stage.Foot + u * 0.05:0.#} {rim - d * u * 0.11:0.#} {stage.Foot + u * 0.075:0.#}C{rim - d * u * 0.3:0.#} {stage.Foot + u * 0.03:0.#} {rim - d * u * 0.5:0.#} {stage.Foot + u * 0.05:0.#} {start:0.#} {stage.Foot + u * 0.035:0.#}Z"), p.Tone(0x7E9B62, 0.1));
    }

    private static void Weeds(Stage stage, Pen pen, double foot, int count, double height, uint colour, double distance)
    {
        for (var i = 0; i < count; i++)
        {
            var x = stage.Width * (i + stage.Random.Between(0.1, 0.9)) / count;
            for (var blade = 0; blade < 3; blade++)
            {
                var tall = stage.Unit * height * stage.Random.Between(0.5, 1.1);
                var lean = stage.Unit * stage.Random.Between(-0.04, 0.04);
                var root = x + (blade - 1) * stage.Unit * 0.02;
                pen.Path(System.FormattableString.Invariant(
                    $"M{root - stage.Unit * 0.01:0.#} {foot:0.#}C{root - lean * 2:0.#} {foot - tall * 0.4:0.#} {root + lean * 2:0.#} {foot - tall * 0.6:0.#} {root + lean:0.#} {foot - tall:0.#}C{root + lean * 2 + stage.Unit * 0.014:0.#} {foot - tall * 0.6:0.#} {root - lean * 2 + stage.Unit * 0.02:0.#} {foot - tall * 0.4:0.#} {root + stage.Unit * 0.012:0.#} {foot:0.#}Z"),
                    stage.Palette.Tone(colour, distance + 0.06 * blade));
            }
        }
    }

    private static bool NeedsGround(Stage stage) =>
        stage.Idea.Subjects.Any(name => FigureCabinet.Find(name).Stand is Stand.Ground or Stand.Table);
}
