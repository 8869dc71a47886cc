using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>What is above the land: disc, stars, clouds.</summary>
internal static class Skies
{
    internal static void Draw(Stage stage)
    {
        var covered = stage.Idea.Weather is Weather.Rain or Weather.Storm or Weather.Snow or Weather.Fog;
        if (stage.Palette.IsDark && !covered)
        {
            Stars(stage, 0.9);
        }

        if (!covered)
        {
            Disc(stage);
        }

        Clouds(stage, covered ? 5 : stage.Idea.Weather == Weather.Cloudy ? 5 : 3);
    }

    internal static void Stars(Stage stage, double reach)
    {
        var count = (int)(90 * stage.Width * stage.Height / (stage.Unit * stage.Unit * 1.8));
        for (var i = 0; i < Math.Min(count, 600); i++)
        {
            var y = Math.Pow(stage.Random.Next(), 1.4) * stage.Horizon * reach;
            var size = stage.Unit * stage.Random.Between(0.0008, 0.0024);
            stage.Back.Circle(stage.Random.Next() * stage.Width, y, size, "#FFFFFF", stage.Random.Between(0.3, 0.9));
        }
    }

    private static void Disc(Stage stage)
    {
        var palette = stage.Palette;
        var low = stage.Idea.Time is TimeOfDay.Sunset or TimeOfDay.Dawn;
        var x = stage.X(stage.Random.Chance(0.5) ? stage.Random.Between(0.2, 0.34) : stage.Random.Between(0.64, 0.76));
        var y = low ? stage.Horizon - stage.Unit * stage.Random.Between(0.07, 0.16) : stage.Y(stage.Random.Between(0.17, 0.25));
        var radius = stage.Unit * (low ? 0.1 : palette.IsDark ? 0.05 : 0.06);
        stage.Back.Glow(x, y, radius * 5.5, palette.Disc, palette.IsDark ? 0.4 : 0.65);
        stage.Back.Circle(x, y, radius, palette.Disc);
        if (palette.IsDark)
        {
            stage.Back.Circle(x - radius * 0.3, y - radius * 0.2, radius * 0.18, palette.Disc.Shade(-0.08))
                .Circle(x + radius * 0.28, y + radius * 0.24, radius * 0.24, palette.Disc.Shade(-0.08))
                .Circle(x + radius * 0.1, y - radius * 0.45, radius * 0.11, palette.Disc.Shade(-0.08));
        }

        stage.Sun = (x, y, radius);
    }

    /// <summary>Flat-bottomed banks of cloud, few and long.</summary>
    internal static void Clouds(Stage stage, int count)
    {
        var lit = stage.Palette.Low.Mix(stage.Palette.Disc, 0.5).Shade(stage.Palette.IsDark ? -0.2 : 0.25);
        for (var i = 0; i < count; i++)
        {
            var y = stage.Y(0.06) + (stage.Horizon - stage.Y(0.1)) * stage.Random.Between(0.05, 0.62);
            Cloud(stage, stage.Back, stage.Width * (i + stage.Random.Next()) / count, y, stage.Unit * stage.Random.Between(0.1, 0.22), lit, stage.Palette.IsDark ? 0.13 : 0.5);
        }
    }

    internal static void Cloud(Stage stage, Pen pen, double x, double y, double size, Rgb colour, double opacity)
    {
        // One path, so that overlapping puffs do not add up where the cloud is see-through.
        var path = new System.Text.StringBuilder();
        var puffs = 4 + stage.Random.Below(2);
        var step = size * 2 / puffs;
        path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x - size:0.#} {y:0.#}");
        for (var i = 0; i < puffs; i++)
        {
            var middle = 1 - Math.Abs(i - (puffs - 1) / 2.0) / puffs * 1.5;
            var high = size * (0.16 + 0.5 * middle) * stage.Random.Between(0.75, 1.1);
            path.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"C{x - size + step * (i - 0.12):0.#} {y - high:0.#} {x - size + step * (i + 1.12):0.#} {y - high:0.#} {x - size + step * (i + 1):0.#} {y - (i == puffs - 1 ? 0 : size * 0.1):0.#}");
        }
        path.Append('Z');
        pen.Path(path.ToString(), colour, opacity);
    }
}
