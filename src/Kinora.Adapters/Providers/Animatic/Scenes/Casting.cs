using Kinora.Adapters.Providers.Animatic.Scenes.Figures;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>A figure set on the stage: its own sheet and how it moves.</summary>
internal sealed record Player(Pen Pen, double Drift, double Bob, bool IsFollowed);

/// <summary>Sets the figures on the stage: the leading one on a third, the others where there is room, each on what it stands on.</summary>
internal static class Casting
{
    internal static IReadOnlyList<Player> Place(Stage stage, CameraMove? following)
    {
        var players = new List<Player>();
        for (var i = 0; i < stage.Idea.Subjects.Count; i++)
        {
            players.Add(Place(stage, FigureCabinet.Find(stage.Idea.Subjects[i]), i, i == 0 && following is not null));
        }
        // What stands farther back is drawn first: the lead stays in front.
        players.Reverse();
        return players;
    }

    private static Player Place(Stage stage, Figure figure, int rank, bool followed)
    {
        var left = stage.LeadsLeft == (rank % 2 == 0);
        var alone = stage.Idea.Subjects.Count == 1;
        var part = rank == 2 ? 0.5 : left ? (alone ? 0.37 : 0.29) : (alone ? 0.63 : 0.71);
        var size = stage.Unit * figure.Scale / 100 * (rank == 0 ? 1 : 0.86) * (stage.IsTall ? 1.12 : 1) * stage.Idea.Closeness;
        // A cup beside a person is a small thing; alone it is the picture.
        if (figure.Stand == Stand.Table && stage.Idea.Subjects.Any(name => FigureCabinet.Find(name).Stand == Stand.Ground))
        {
            size *= 0.45;
        }

        var most = stage.FrameWidth * (alone ? 0.42 : 0.27);
        size = Math.Min(size, most / figure.HalfWidth);
        var x = stage.X(Math.Clamp(part, figure.HalfWidth * size / stage.FrameWidth + 0.03, 0.97 - figure.HalfWidth * size / stage.FrameWidth));
        var y = Foot(stage, figure, rank);
        var pen = new Pen();
        var shapes = figure.In(stage.Palette);
        // It looks into the frame.
        var mirror = figure.Facing == Facing.Ahead || left == (figure.Facing == Facing.Right) ? 1 : -1;

        if (figure.Name == "lighthouse")
        {
            Beam(stage, pen, x, y - 110 * size, left ? 1 : -1);
        }

        if (figure.Shadow > 0)
        {
            pen.Ellipse(x, y + size * 1.5, figure.Shadow * size * 1.08, Math.Max(1.5, size * 4.2), stage.Palette.Tone(0x1E2430, 0.05), 0.26);
        }

        if (figure.Stand == Stand.Water)
        {
            Wake(stage, pen, figure, shapes, x, y, size, mirror);
        }

        pen.Group(shapes, x, y, size * mirror, size);
        var drift = figure.Drift * stage.Unit * mirror * (followed ? 0.15 : 1);
        return new Player(pen, drift, figure.Bob * size, followed);
    }

    private static double Foot(Stage stage, Figure figure, int rank) => figure.Stand switch
    {
        Stand.Water => stage.HasWater ? stage.Water : stage.Foot + stage.Unit * 0.02,
        Stand.Table => stage.Table ?? stage.Foot,
        Stand.Sky => stage.Air + stage.Unit * 0.07 * rank,
        _ => stage.Foot - stage.Unit * 0.012 * rank,
    };

    // A boat mirrors in its water and draws two thin lines; on dry land it lies in a puddle of its own.
    private static void Wake(Stage stage, Pen pen, Figure figure, string shapes, double x, double y, double size, int mirror)
    {
        var light = stage.Palette.Low.Shade(0.3);
        if (!stage.HasWater)
        {
            pen.Ellipse(x, y + size * 4, figure.HalfWidth * size * 1.9, size * 15, stage.Palette.Tone(0x5E8CA6, 0.3));
        }

        pen.Group(shapes, x, y + size * 1.5, size * mirror, -size * 0.45, 0, 0.2);
        pen.Ellipse(x, y + size * 2.5, figure.HalfWidth * size * 0.86, size * 1.5, light, 0.55);
        pen.Ellipse(x - mirror * figure.HalfWidth * size * 0.6, y + size * 8, figure.HalfWidth * size * 0.7, size * 1.1, light, 0.4);
    }

    private static void Beam(Stage stage, Pen pen, double x, double y, int direction)
    {
        if (stage.Idea.Time == TimeOfDay.Day && stage.Idea.Weather is Weather.Clear or Weather.Cloudy)
        {
            return;
        }

        var warm = Frames.Rgb.Hex(0xFFF0C0);
        var reach = stage.Width;
        var rise = stage.Unit * 0.13;
        var (near, far) = direction > 0 ? (0.5, 0.0) : (0.0, 0.5);
        pen.Polygon(pen.Fade(warm, near, warm, far, across: true), 1, (x, y - 3), (x + direction * reach, y - rise * 1.5), (x + direction * reach, y + rise * 0.7), (x, y + 3));
        pen.Glow(x, y, stage.Unit * 0.16, warm, 0.7);
    }
}
