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

    /// <summary>What is on the alpha planes; null when the sheet covers the picture, or before whoever draws it has called <see cref="Survey"/>.</summary>
    internal PlaneSurvey? LumaSurvey { get; private set; }

    /// <inheritdoc cref="LumaSurvey"/>
    internal PlaneSurvey? ChromaSurvey { get; private set; }

    internal void Survey()
    {
        LumaSurvey = Alpha is null ? null : new PlaneSurvey(Alpha);
        ChromaSurvey = ChromaAlpha is null ? null : new PlaneSurvey(ChromaAlpha);
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
