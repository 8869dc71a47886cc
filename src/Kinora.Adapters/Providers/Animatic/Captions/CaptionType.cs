namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>The sizes of a frame's type, in pixels, and the safe rectangle it stays in.</summary>
internal sealed record CaptionType
{
    internal CaptionType(int width, int height)
    {
        (Width, Height) = (width, height);
        // By area, so that a wide and a tall frame of one class read alike; never wider than a narrow frame bears.
        Body = Math.Max(9, Math.Min(Math.Sqrt((double)width * height) * 0.0275, width * 0.06));
        MarginX = (int)Math.Max(5, width * 0.045);
        MarginY = (int)Math.Max(5, Math.Min(height * 0.055, width * 0.06));
    }

    internal int Width { get; }

    internal int Height { get; }

    internal double Body { get; }

    internal double Label => Math.Max(7.5, Body * 0.56);

    internal double Note => Math.Max(8, Body * 0.66);

    internal int MarginX { get; }

    internal int MarginY { get; }

    /// <summary>A line longer than about fifty letters is tiring, however wide the frame.</summary>
    internal int MostWidth => (int)Math.Min(Width - 2 * MarginX, Body * 27);

    internal int MostLines => Height < 200 ? 1 : Height < 360 ? 2 : Height > Width ? 4 : 3;

    /// <summary>Below this there is room for one thin line only.</summary>
    internal bool IsTiny => Math.Min(Width, Height) < 200;
}
