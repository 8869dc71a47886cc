namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// A drawn sheet of a scene in the multiplane sense: planar 4:2:0 (BT.709 limited), premultiplied by its alpha, cut to what is
/// drawn on it. Left and Top say where it lies in the picture, in luma samples, always even.
/// </summary>
internal sealed class Layer : IDisposable
{
    internal Layer(int left, int top, int width, int height, bool opaque)
    {
        (Left, Top, Width, Height) = (left, top, width, height);
        Y = new Plane(width, height);
        U = new Plane(width / 2, height / 2);
        V = new Plane(width / 2, height / 2);
        if (!opaque)
        {
            Alpha = new Plane(width, height);
            ChromaAlpha = new Plane(width / 2, height / 2);
        }
    }

    internal int Left { get; }

    internal int Top { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal Plane Y { get; }

    internal Plane U { get; }

    internal Plane V { get; }

    /// <summary>Q15; null when the sheet covers the picture.</summary>
    internal Plane? Alpha { get; }

    internal Plane? ChromaAlpha { get; }

    /// <summary>What is on each row of the alpha planes; filled by whoever draws the layer. Lets a frame skip what cannot be seen.</summary>
    internal RowKind[] LumaRows { get; private set; } = [];

    /// <inheritdoc cref="LumaRows"/>
    internal RowKind[] ChromaRows { get; private set; } = [];

    internal void Survey()
    {
        LumaRows = Alpha is { } alpha ? Survey(alpha) : [];
        ChromaRows = ChromaAlpha is { } half ? Survey(half) : [];
    }

    private static unsafe RowKind[] Survey(Plane alpha)
    {
        var kinds = new RowKind[alpha.Height];
        for (var y = 0; y < alpha.Height; y++)
        {
            var row = new ReadOnlySpan<short>(alpha.Row(y), alpha.Width);
            kinds[y] = row.IndexOfAnyExcept((short)0) < 0 ? RowKind.Empty : RowKind.Mixed;
            // The rim is clear by design (see LayerReader); a row is solid when all between is.
            if (alpha.Width > 8 && row[4..^4].IndexOfAnyExcept((short)RowMath.One) < 0)
            {
                kinds[y] = RowKind.Solid;
            }
        }
        return kinds;
    }

    public void Dispose()
    {
        Y.Dispose();
        U.Dispose();
        V.Dispose();
        Alpha?.Dispose();
        ChromaAlpha?.Dispose();
    }
}

/// <summary>What is on a row of a layer.</summary>
internal enum RowKind : byte
{
    Mixed,
    Empty,
    Solid,
}
