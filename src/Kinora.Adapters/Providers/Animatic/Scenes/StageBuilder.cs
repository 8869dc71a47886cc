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

        var water = Ripple(stage, camera);
        List<Func<Sheet?>> jobs =
        [
            () => new Sheet(Back(stage, camera), BackDepth),
            () => Draw(stage.Middle, stage, camera, MiddleDepth, water),
            () => Draw(stage.Near, stage, camera, 1, null),
            .. players.Select(player => (Func<Sheet?>)(() => Draw(player.Pen, stage, camera, 1, null) is { } sheet
                ? sheet with { Drift = player.Drift, Bob = player.Bob, IsFollowed = player.IsFollowed }
                : null)),
            () => Draw(stage.Front, stage, camera, FrontDepth, null),
        ];
        // Sheets do not depend on each other; the first scene is what a viewer waits for.
        var sheets = jobs.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(job => job()).OfType<Sheet>().ToList();
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

    // Null when nothing is drawn on it.
    private static Sheet? Draw(Pen pen, Stage stage, Camera camera, double depth, Ripple? water)
    {
        if (pen.IsEmpty)
        {
            return null;
        }

        using var drawn = VipsImageOperations.Svg(pen.Document(stage.Width, stage.Height, camera.Density));
        return LayerReader.ReadCut(drawn) is { } layer
            ? new Sheet(layer, depth) { Water = water is { } ripple ? ripple with { Waterline = ripple.Waterline - layer.Top } : null }
            : null;
    }

    private static Ripple? Ripple(Stage stage, Camera camera) => stage.Waterline is not { } line
        ? null
        : new Ripple(line * camera.Density, stage.Unit * 0.3 * camera.Density, Math.Max(0.6, stage.Unit * 0.0042) * camera.Density, stage.Unit * 0.3 * camera.Density, 0);

    private static double Even(double size) => Math.Ceiling(size / 2) * 2;
}
