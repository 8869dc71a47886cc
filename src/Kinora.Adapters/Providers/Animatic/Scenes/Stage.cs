using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>
/// The sheets a scene is drawn on and the lines things stand on, in stage units: one unit is one pixel of the frame, the frame
/// lies inside with a margin for the camera to travel in.
/// </summary>
internal sealed class Stage
{
    internal Stage(SceneIdea idea, int width, int height, double marginX, double marginY)
    {
        (Idea, FrameWidth, FrameHeight, MarginX, MarginY) = (idea, width, height, marginX, marginY);
        Palette = Palette.For(idea);
        Random = new SeededNumbers(idea.Seed);
        Unit = Math.Min(width, height * 1.15);
        Horizon = Y(IsTall ? 0.6 : 0.56);
        Foot = Y(IsTall ? 0.75 : 0.755);
        Water = Y(0.72);
        Air = Y(IsTall ? 0.36 : 0.36);
    }

    internal SceneIdea Idea { get; }

    internal Palette Palette { get; set; }

    /// <summary>The light beyond a window, when the scene is indoors.</summary>
    internal Palette? Outside { get; set; }

    internal SeededNumbers Random { get; }

    /// <summary>The leading figure stands at the left third, else at the right.</summary>
    internal bool LeadsLeft => (Idea.Seed >> 2) % 2 == 0;

    internal int FrameWidth { get; }

    internal int FrameHeight { get; }

    internal double MarginX { get; }

    internal double MarginY { get; }

    internal double Width => FrameWidth + 2 * MarginX;

    internal double Height => FrameHeight + 2 * MarginY;

    internal bool IsTall => FrameHeight > FrameWidth * 1.15;

    /// <summary>What things are sized by, so that they neither fill a wide frame's height nor get lost in a tall one.</summary>
    internal double Unit { get; }

    /// <summary>Where the ground or the water begins.</summary>
    internal double Horizon { get; set; }

    /// <summary>What a figure's feet stand on.</summary>
    internal double Foot { get; set; }

    /// <summary>Where a boat lies, when the place has water.</summary>
    internal double Water { get; set; }

    internal bool HasWater { get; set; }

    /// <summary>Where a cup stands, when the place has a table.</summary>
    internal double? Table { get; set; }

    /// <summary>Where things fly.</summary>
    internal double Air { get; set; }

    /// <summary>Moving water begins here, on the middle sheet.</summary>
    internal double? Waterline { get; set; }

    /// <summary>Where sun or moon stands, when there is one: water answers it.</summary>
    internal (double X, double Y, double Radius)? Sun { get; set; }

    /// <summary>A picture without sky paints its own ground.</summary>
    internal IReadOnlyList<(double At, Rgb Colour)>? Backdrop { get; set; }

    /// <summary>Sky, sun, farthest land: opaque with the backdrop.</summary>
    internal Pen Back { get; } = new();

    internal Pen Middle { get; } = new();

    internal Pen Near { get; } = new();

    internal Pen Front { get; } = new();

    /// <summary>A place across the frame, 0 to 1.</summary>
    internal double X(double part) => MarginX + FrameWidth * part;

    /// <summary>A place down the frame, 0 to 1.</summary>
    internal double Y(double part) => MarginY + FrameHeight * part;

    /// <summary>A soft outline across the whole stage, swinging about a height.</summary>
    internal List<(double X, double Y)> Outline(double height, double swing, int waves)
    {
        var outline = new List<(double, double)>();
        var steps = Math.Max(3, (int)(waves * Math.Max(1, Width / Unit * 0.7)));
        for (var i = 0; i <= steps; i++)
        {
            var up = i % 2 == 0 ? -1 : 1;
            outline.Add((Width * i / steps, height + up * swing * Random.Between(0.35, 1)));
        }
        return outline;
    }
}
