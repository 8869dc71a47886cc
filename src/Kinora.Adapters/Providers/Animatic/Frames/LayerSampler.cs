namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>The planes of a frame.</summary>
internal enum Channel
{
    Y,
    U,
    V,
}

internal static class ChannelPlanes
{
    internal static Plane Of(this Channel channel, Layer layer) => channel switch
    {
        Channel.Y => layer.Y,
        Channel.U => layer.U,
        _ => layer.V,
    };
}

/// <summary>Reads one layer for one frame, luma and chroma at their own resolution.</summary>
internal sealed unsafe class LayerSampler(int widest) : IDisposable
{
    private readonly PlaneSampler _luma = new(widest);
    private readonly PlaneSampler _chroma = new(widest);

    internal void Aim(PlacedLayer placed, int width, int height)
    {
        var (layer, view) = (placed.Layer, placed.View);
        var covers = layer.Alpha is null;
        var x = view.X - layer.Left;
        var y = view.Y - layer.Top;
        _luma.Aim(layer.Width, layer.Height, x, y, view.Step, width, height, covers);
        // Chroma lies on even luma columns, and between two luma rows.
        var chromaY = (y + 0.5 * view.Step - 0.5) / 2;
        _chroma.Aim(layer.Width / 2, layer.Height / 2, x / 2, chromaY, view.Step, width / 2, height / 2, covers);
    }

    /// <summary>Whether the layer hides all that is behind it on a row, shows nothing there, or something between.</summary>
    internal RowKind Kind(PlacedLayer placed, Channel channel, int y, int width)
    {
        var layer = placed.Layer;
        if (layer.Alpha is null)
        {
            return RowKind.Solid;
        }

        var sampler = channel == Channel.Y ? _luma : _chroma;
        if (sampler.Count == 0)
        {
            return RowKind.Empty;
        }

        var kind = sampler.Kind(channel == Channel.Y ? layer.LumaRows : layer.ChromaRows, y, placed.Ripple, channel == Channel.Y ? 1 : 0.5);
        return kind == RowKind.Solid && sampler.Count < width ? RowKind.Mixed : kind;
    }

    internal void Draw(PlacedLayer placed, Channel channel, int y, RowKind kind, short* row, short* scratch, short* colour, short* alpha)
    {
        var layer = placed.Layer;
        var sampler = channel == Channel.Y ? _luma : _chroma;
        var scale = channel == Channel.Y ? 1 : 0.5;
        if (sampler.Count == 0)
        {
            return;
        }

        if (kind == RowKind.Solid)
        {
            sampler.Read(channel.Of(layer), y, layer.Alpha is null, scratch, row, placed.Ripple, scale);
            return;
        }
        if (!sampler.Read(channel.Of(layer), y, false, scratch, colour, placed.Ripple, scale))
        {
            return;
        }

        sampler.Read(channel == Channel.Y ? layer.Alpha! : layer.ChromaAlpha!, y, false, scratch, alpha, placed.Ripple, scale);
        RowMath.Over(colour, alpha, row + sampler.From, sampler.Count);
    }

    public void Dispose()
    {
        _luma.Dispose();
        _chroma.Dispose();
    }
}
