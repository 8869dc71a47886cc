using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>The ground a stage is drawn on: a smooth vertical gradient, a colour a row.</summary>
internal static class Backdrops
{
    internal static IReadOnlyList<Rgb> Rows(Stage stage, int rows)
    {
        var reach = stage.Horizon / stage.Height;
        var stops = stage.Backdrop ?? [(0, stage.Palette.Top), (0.55 * reach, stage.Palette.Middle), (reach, stage.Palette.Low), (1, stage.Palette.Low)];
        return [.. Enumerable.Range(0, rows).Select(y => At(stops, (y + 0.5) / rows))];
    }

    internal static VipsImage Paint(Stage stage)
    {
        var rows = Rows(stage, stage.FrameHeight);
        var pixels = new byte[stage.FrameWidth * stage.FrameHeight * 4];
        var random = new SeededNumbers(99);
        for (int y = 0, i = 0; y < stage.FrameHeight; y++)
        {
            for (var x = 0; x < stage.FrameWidth; x++, i += 4)
            {
                // Rounded with noise: eight bits would show the gradient's steps.
                var noise = (float)random.Next();
                (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (Round(rows[y].R, noise), Round(rows[y].G, noise), Round(rows[y].B, noise), 255);
            }
        }

        return VipsImage.FromPixels(pixels, stage.FrameWidth, stage.FrameHeight, 4);
    }

    internal static VipsImage Clear(int width, int height) => VipsImage.FromPixels(new byte[width * height * 4], width, height, 4);

    private static byte Round(float value, float noise) => (byte)Math.Clamp(value + noise, 0, 255);

    private static Rgb At(IReadOnlyList<(double At, Rgb Colour)> stops, double place)
    {
        for (var i = 1; i < stops.Count; i++)
        {
            if (place <= stops[i].At || i == stops.Count - 1)
            {
                var share = Math.Clamp((place - stops[i - 1].At) / Math.Max(1e-6, stops[i].At - stops[i - 1].At), 0, 1);
                return stops[i - 1].Colour.Mix(stops[i].Colour, share * share * (3 - 2 * share) * 0.5 + share * 0.5);
            }
        }

        return stops[0].Colour;
    }
}
