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

    /// <summary>
    /// Goes to a row of the frame and says whether the layer hides all that is behind it there, shows nothing, or something between.
    /// </summary>
    internal RowKind Seek(in PlacedLayer placed, Channel channel, int y, int width)
    {
        var layer = placed.Layer;
        var covers = layer.Alpha is null;
        var sampler = Of(channel);
        if (sampler.Count == 0)
        {
            return RowKind.Empty;
        }

        sampler.Seek(y, channel.Of(layer).Height, covers, placed.Ripple, channel == Channel.Y ? 1 : 0.5);
        if (covers)
        {
            return RowKind.Solid;
        }

        var kind = sampler.Kind(Survey(layer, channel));
        return kind == RowKind.Solid && sampler.Count < width ? RowKind.Mixed : kind;
    }

    /// <summary>Draws the row last sought, which is not empty.</summary>
    internal void Draw(Layer layer, Channel channel, RowKind kind, short* row, short* scratch, short* colour, short* alpha)
    {
        var sampler = Of(channel);
        if (kind == RowKind.Solid)
        {
            sampler.Read(channel.Of(layer), new Stretch(0, sampler.Count), scratch, row);
            return;
        }

        var drawn = 0;
        foreach (var stretch in sampler.Stretches(Survey(layer, channel)))
        {
            var reach = sampler.Reach(stretch);
            // Rounded to whole vectors, two stretches may meet; nothing is drawn twice.
            var samples = reach with { From = Math.Max(reach.From, drawn) };
            if (samples.From >= samples.To)
            {
                continue;
            }

            sampler.Read(channel.Of(layer), samples, scratch, colour);
            sampler.Read(channel == Channel.Y ? layer.Alpha! : layer.ChromaAlpha!, samples, scratch, alpha);
            RowMath.Over(colour, alpha, row + sampler.From + samples.From, samples.To - samples.From);
            drawn = samples.To;
        }
    }

    public void Dispose()
    {
        _luma.Dispose();
        _chroma.Dispose();
    }

    private static PlaneSurvey Survey(Layer layer, Channel channel) => channel == Channel.Y ? layer.LumaSurvey! : layer.ChromaSurvey!;

    private PlaneSampler Of(Channel channel) => channel == Channel.Y ? _luma : _chroma;
}
