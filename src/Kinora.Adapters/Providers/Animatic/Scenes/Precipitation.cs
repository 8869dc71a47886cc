using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>Rain or snow: two tiles that fall at their own speed, the nearer one larger and faster.</summary>
internal sealed unsafe class Precipitation : IDisposable
{
    private readonly List<(Falling Tile, double Right, double Down)> _sheets = [];

    private Precipitation()
    {
    }

    /// <summary>Null in dry weather and where it cannot fall.</summary>
    internal static Precipitation? For(SceneIdea idea, int width, int height)
    {
        if (idea.Place is Place.Room or Place.Kitchen or Place.Space or Place.Underwater)
        {
            return null;
        }

        var unit = Math.Min(width, height);
        var period = Math.Clamp(unit, 128, 1024) & ~1;
        var random = new SeededNumbers(idea.Seed ^ 0xA5A5);
        var fall = new Precipitation();
        switch (idea.Weather)
        {
            case Weather.Rain or Weather.Storm:
                var slant = idea.Weather == Weather.Storm ? 0.34 : 0.13;
                fall.AddRain(random, period, unit, 70, 0.05, 0.0016, 0.16, slant, 1.15);
                fall.AddRain(random, period, unit, 34, 0.1, 0.0028, 0.2, slant, 1.75);
                break;
            case Weather.Snow:
                fall.AddSnow(random, period, unit, 70, 0.0042, 0.65, 0.075);
                fall.AddSnow(random, period, unit, 30, 0.008, 0.85, 0.13);
                break;
            default:
                return null;
        }
        return fall;
    }

    internal FallingView At(double seconds) =>
        new([.. _sheets.Select(sheet => new FallingSheet(sheet.Tile, sheet.Right * seconds, sheet.Down * seconds))]);

    public void Dispose() => _sheets.ForEach(sheet => sheet.Tile.Dispose());

    private void AddRain(SeededNumbers random, int period, int unit, int drops, double length, double thick, double opacity, double slant, double speed)
    {
        var pen = new Pen();
        for (var i = 0; i < drops; i++)
        {
            var (x, y) = (random.Next() * period, random.Next() * period);
            var tall = unit * length * random.Between(0.6, 1.2);
            var share = opacity * random.Between(0.6, 1.3);
            Repeat(period, x, y, tall, (px, py) => pen.Line(px, py, px - tall * slant, py + tall, "#FFFFFF", Math.Max(0.8, unit * thick), share));
        }
        Add(pen, period, -slant * speed * unit, speed * unit);
    }

    private void AddSnow(SeededNumbers random, int period, int unit, int flakes, double size, double opacity, double speed)
    {
        var pen = new Pen();
        for (var i = 0; i < flakes; i++)
        {
            var radius = Math.Max(0.8, unit * size * random.Between(0.5, 1));
            var share = opacity * random.Between(0.5, 1);
            Repeat(period, random.Next() * period, random.Next() * period, radius * 2, (x, y) => pen.Circle(x, y, radius, "#FFFFFF", share));
        }
        Add(pen, period, -speed * unit * 0.35, speed * unit);
    }

    // What hangs over a rim comes in at the other one.
    private static void Repeat(int period, double x, double y, double reach, Action<double, double> draw)
    {
        foreach (var dx in (int[])[0, -period, period])
        {
            foreach (var dy in (int[])[0, -period, period])
            {
                if (x + dx + reach > 0 && x + dx - reach < period && y + dy + reach > 0 && y + dy - reach < period)
                {
                    draw(x + dx, y + dy);
                }
            }
        }
    }

    private void Add(Pen pen, int period, double right, double down)
    {
        using var image = VipsImageOperations.Svg(pen.Document(period, period, 1));
        using var pixels = image.ReadPixels();
        var tile = new Falling(period);
        for (var y = 0; y < period; y++)
        {
            var row = pixels.Row(y);
            short* colour = tile.Colour.Row(y), alpha = tile.Alpha.Row(y);
            for (var x = 0; x < period; x++)
            {
                var share = row[x * 4 + 3] / 255.0;
                colour[x] = (short)(share * 225 * Plane.Step);
                alpha[x] = RowMath.Weight(share);
            }
        }

        tile.Survey();
        _sheets.Add((tile, right, down));
    }
}
