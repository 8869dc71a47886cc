using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Scenes.Places;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>Draws an idea onto its stage and turns the sheets into layers for the camera.</summary>
internal static class StageBuilder
{
    private const double BackDepth = 0.45;
    private const double MiddleDepth = 0.75;
    private const double FrontDepth = 1.35;

    internal static StageScene Build(SceneIdea idea, int width, int height, CameraMove move)
    {
        var side = (idea.Seed >> 2) % 2 == 0 ? -1 : 1;
        var camera = Camera.For(move, (side * 0.1, 0.1));
        // The nearest sheet travels farthest; the margin is what it needs, on whole even pixels.
        var marginX = Even(Math.Abs(camera.ReachX) * FrontDepth * width + 4);
        var marginY = Even(Math.Abs(camera.ReachY) * FrontDepth * height + 4);
        var stage = new Stage(idea, width, height, marginX, marginY);
        PlaceBook.Draw(stage);
        var players = Casting.Place(stage, move is CameraMove.TrackLeft or CameraMove.TrackRight ? move : null);

        var sheets = new List<Sheet> { new(Back(stage, camera), BackDepth) };
        Add(sheets, stage, stage.Middle, camera, MiddleDepth, Ripple(stage, camera));
        Add(sheets, stage, stage.Near, camera, 1, null);
        foreach (var player in players)
            if (Render(player.Pen, stage, camera) is { } layer)
                sheets.Add(new Sheet(layer, 1) { Drift = player.Drift, Bob = player.Bob, IsFollowed = player.IsFollowed });
        Add(sheets, stage, stage.Front, camera, FrontDepth, null);
        return new StageScene(sheets, camera, width, height, marginX, marginY, Precipitation.For(idea, width, height));
    }

    /// <summary>The same picture at rest, for a still: RGBA, without the backdrop when it should be transparent.</summary>
    internal static VipsImage Still(SceneIdea idea, int width, int height, bool transparent)
    {
        var stage = new Stage(idea, width, height, 0, 0);
        PlaceBook.Draw(stage);
        var players = Casting.Place(stage, null);
        var pens = transparent ? players.Select(player => player.Pen) : [stage.Back, stage.Middle, stage.Near, .. players.Select(player => player.Pen), stage.Front];
        var picture = transparent ? Backdrops.Clear(width, height) : Backdrops.Paint(stage);
        foreach (var pen in pens.Where(pen => !pen.IsEmpty))
        {
            using var drawn = VipsImageOperations.Svg(pen.Document(width, height, 1));
            using var below = picture;
            using var both = below.Composite(drawn, 0, 0);
            picture = both.ToBytes();
        }
        return picture;
    }

    private static Layer Back(Stage stage, Camera camera)
    {
        using var drawn = VipsImageOperations.Svg(stage.Back.Document(stage.Width, stage.Height, camera.Density));
        return LayerReader.ReadOn(drawn, Backdrops.Rows(stage, drawn.Height));
    }

    private static void Add(List<Sheet> sheets, Stage stage, Pen pen, Camera camera, double depth, Ripple? water)
    {
        if (!pen.IsEmpty && Render(pen, stage, camera) is { } layer)
            sheets.Add(new Sheet(layer, depth) { Water = water is { } ripple ? ripple with { Waterline = ripple.Waterline - layer.Top } : null });
    }

    private static Layer? Render(Pen pen, Stage stage, Camera camera)
    {
        using var drawn = VipsImageOperations.Svg(pen.Document(stage.Width, stage.Height, camera.Density));
        return LayerReader.ReadCut(drawn);
    }

    private static Ripple? Ripple(Stage stage, Camera camera) => stage.Waterline is not { } line
        ? null
        : new Ripple(line * camera.Density, stage.Unit * 0.3 * camera.Density, Math.Max(0.6, stage.Unit * 0.0042) * camera.Density, stage.Unit * 0.3 * camera.Density, 0);

    private static double Even(double size) => Math.Ceiling(size / 2) * 2;
}
