using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>A sheet of a stage and how it lives: how near it is, how it drifts and sways by itself, whether it is water.</summary>
internal sealed record Sheet(Layer Layer, double Depth)
{
    /// <summary>Pixels a second to the right.</summary>
    public double Drift { get; init; }

    /// <summary>Pixels up and down.</summary>
    public double Bob { get; init; }

    /// <summary>Waterline in layer samples; null for dry land.</summary>
    public Ripple? Water { get; init; }

    /// <summary>The camera goes with it (a tracking shot's subject), so that it keeps its place.</summary>
    public bool IsFollowed { get; init; }
}

/// <summary>A drawn stage under a moving camera.</summary>
internal sealed class StageScene(IReadOnlyList<Sheet> sheets, Camera camera, int width, int height, double marginX, double marginY, Precipitation? falling) : IScene
{
    public SceneView At(double progress, double seconds)
    {
        var placed = new PlacedLayer[sheets.Count];
        for (var i = 0; i < placed.Length; i++)
        {
            var sheet = sheets[i];
            var view = camera.Look(progress, sheet.IsFollowed ? 0.3 : sheet.Depth, width, height, marginX, marginY);
            var x = view.X - sheet.Drift * (seconds - 2) * camera.Density;
            var y = view.Y - sheet.Bob * Math.Sin(seconds * 1.9) * camera.Density;
            placed[i] = new PlacedLayer(sheet.Layer, view with { X = x, Y = y }, sheet.Water is { } water ? water with { Phase = seconds * 2.1 } : null);
        }
        return new SceneView(placed, falling?.At(seconds));
    }

    public void Dispose()
    {
        foreach (var sheet in sheets)
        {
            sheet.Layer.Dispose();
        }

        falling?.Dispose();
    }
}
