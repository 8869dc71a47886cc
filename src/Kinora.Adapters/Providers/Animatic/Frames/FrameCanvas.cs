using System.Runtime.InteropServices;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// Draws frames row by row into planar yuv420p, everything in small row buffers that stay in the cache: nothing of a frame is
/// written twice. One canvas belongs to one worker at a time.
/// </summary>
internal sealed unsafe class FrameCanvas : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly List<LayerSampler> _samplers = [];
    private readonly short* _rows;
    private readonly int _rowLength;

    internal FrameCanvas(int width, int height)
    {
        (_width, _height) = (width, height);
        // A layer may be read at up to twice the frame's width, plus what vectors write past the end.
        _rowLength = (Math.Max(width * 3, 1024) + 256 + 31) & ~31;
        var bytes = (nuint)(_rowLength * 6 * sizeof(short));
        _rows = (short*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_rows, bytes);
    }

    internal static int FrameBytes(int width, int height) => width * height * 3 / 2;

    internal void Draw(FrameRecipe recipe, Span<byte> frame)
    {
        Aim(recipe);
        var area = _width * _height;
        fixed (byte* to = frame)
        {
            DrawPlane(recipe, Channel.Y, to, _width, _height);
            DrawPlane(recipe, Channel.U, to + area, _width / 2, _height / 2);
            DrawPlane(recipe, Channel.V, to + area + area / 4, _width / 2, _height / 2);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_rows);
        _samplers.ForEach(sampler => sampler.Dispose());
    }

    private void Aim(FrameRecipe recipe)
    {
        var used = 0;
        foreach (var placed in recipe.Under?.Layers ?? [])
        {
            Sampler(used++).Aim(placed, _width, _height);
        }

        foreach (var placed in recipe.Scene.Layers)
        {
            Sampler(used++).Aim(placed, _width, _height);
        }
    }

    private LayerSampler Sampler(int at)
    {
        if (at == _samplers.Count)
        {
            _samplers.Add(new LayerSampler(_width));
        }

        return _samplers[at];
    }

    private void DrawPlane(FrameRecipe recipe, Channel channel, byte* to, int width, int height)
    {
        short* row = Row(0), under = Row(1);
        var mixes = recipe.Under is not null;
        for (var y = 0; y < height; y++)
        {
            var sampler = 0;
            if (mixes)
            {
                DrawScene(recipe.Under!, channel, y, under, width, ref sampler);
            }

            DrawScene(recipe.Scene, channel, y, row, width, ref sampler);
            if (mixes)
            {
                RowMath.Mix(under, row, recipe.Share, row, width);
            }

            foreach (var overlay in recipe.Overlays)
            {
                DrawOverlay(overlay, channel, y, row);
            }

            var dither = channel == Channel.Y ? Dither.LumaRow(y) : Dither.ChromaRow(y);
            RowMath.Store(row, dither, to + (long)y * width, width);
        }
    }

    private void DrawScene(SceneView scene, Channel channel, int y, short* row, int width, ref int sampler)
    {
        var layers = scene.Layers;
        Span<RowKind> kinds = stackalloc RowKind[layers.Length];
        var lowest = 0;
        for (var i = layers.Length - 1; i >= 0 && lowest == 0; i--)
        {
            kinds[i] = _samplers[sampler + i].Seek(layers[i], channel, y, width);
            if (kinds[i] == RowKind.Solid)
            {
                lowest = i;
            }
        }
        // Nothing behind the foremost solid row can be seen.
        for (var i = lowest; i < layers.Length; i++)
        {
            if (kinds[i] != RowKind.Empty)
            {
                _samplers[sampler + i].Draw(layers[i].Layer, channel, kinds[i], row, Row(2), Row(3), Row(4));
            }
        }

        sampler += layers.Length;
        if (channel == Channel.Y && scene.Falling is { } falling)
        {
            foreach (var sheet in falling.Sheets)
            {
                DrawFalling(sheet, y, row, width);
            }
        }
    }

    private void DrawFalling(FallingSheet sheet, int y, short* row, int width)
    {
        var period = sheet.Tile.Period;
        var down = Wrap(y - sheet.Down, period);
        var top = (int)down;
        var weight = RowMath.Weight(down - top);
        var below = top + 1 == period ? 0 : top + 1;
        short* colour = Row(2), alpha = Row(3);
        var origin = (int)Wrap(-sheet.Right, period);
        foreach (var drops in sheet.Tile.Drops!.Stretches(top))
        {
            var (from, count) = (drops.From, drops.To - drops.From);
            RowMath.Mix(sheet.Tile.Colour.Row(top) + from, sheet.Tile.Colour.Row(below) + from, weight, colour, count);
            RowMath.Mix(sheet.Tile.Alpha.Row(top) + from, sheet.Tile.Alpha.Row(below) + from, weight, alpha, count);
            for (var x = from - origin; x < width; x += period)
            {
                var cut = Math.Max(0, -x);
                RowMath.Over(colour + cut, alpha + cut, row + x + cut, Math.Min(count, width - x) - cut);
            }
        }
    }

    private static void DrawOverlay(PlacedOverlay overlay, Channel channel, int y, short* row)
    {
        var layer = overlay.Layer;
        var half = channel == Channel.Y ? 1 : 2;
        var plane = channel.Of(layer);
        var at = y - layer.Top / half;
        if (overlay.Opacity == 0 || at < 0 || at >= plane.Height)
        {
            return;
        }

        var alpha = channel == Channel.Y ? layer.Alpha! : layer.ChromaAlpha!;
        var to = row + layer.Left / half;
        if (overlay.Opacity == RowMath.One)
        {
            RowMath.Over(plane.Row(at), alpha.Row(at), to, plane.Width);
        }
        else
        {
            RowMath.Over(plane.Row(at), alpha.Row(at), to, plane.Width, overlay.Opacity);
        }
    }

    // From 0 to below the period; a hair below zero would be rounded up to the period itself.
    private static double Wrap(double place, int period)
    {
        var wrapped = place - Math.Floor(place / period) * period;
        return wrapped < period ? wrapped : 0;
    }

    private short* Row(int at) => _rows + at * _rowLength;
}
