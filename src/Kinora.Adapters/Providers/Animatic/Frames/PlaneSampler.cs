using System.Runtime.InteropServices;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// Reads rows of a plane at a fractional place and step, bilinear. Positions are 16.16 fixed point and weights Q15, so that
/// a slow pan glides instead of stepping from sample to sample. One instance belongs to one worker.
/// </summary>
internal sealed unsafe class PlaneSampler : IDisposable
{
    private readonly int* _index;
    private readonly int* _weights;
    private double _originY;
    private double _step;
    private bool _unit;
    private int _planeWidth;
    private int _first;
    private short _fraction;
    private int _sourceFrom;
    private int _sourceCount;

    internal PlaneSampler(int widest)
    {
        _index = (int*)NativeMemory.AlignedAlloc((nuint)(widest + 64) * sizeof(int), 64);
        _weights = (int*)NativeMemory.AlignedAlloc((nuint)(widest + 64) * sizeof(int), 64);
    }

    /// <summary>First output sample the plane reaches, and how many from there.</summary>
    internal int From { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Aims at a plane of the given width. A plane that covers the frame is held inside its edges.</summary>
    internal void Aim(int planeWidth, int planeHeight, double x, double y, double step, int outWidth, int outHeight, bool covers)
    {
        if (covers)
        {
            x = Math.Clamp(x, 0, Math.Max(0, planeWidth - 1 - (outWidth - 1) * step));
            y = Math.Clamp(y, 0, Math.Max(0, planeHeight - 1 - (outHeight - 1) * step));
        }
        (_originY, _step, _planeWidth) = (y, step, planeWidth);
        var origin = (long)Math.Round(x * 65536);
        var stride = (long)Math.Round(step * 65536);
        _unit = stride == 65536;
        var last = ((long)planeWidth << 16) - 65536 - (covers ? 0 : 1);
        var from = origin >= 0 ? 0 : (-origin + stride - 1) / stride;
        var to = origin > last ? -1 : Math.Min(outWidth - 1, (last - origin) / stride);
        if (covers)
        {
            (from, to) = (0, outWidth - 1);
        }

        From = (int)Math.Min(from, outWidth);
        Count = (int)Math.Max(0, to - From + 1);
        if (Count == 0)
        {
            return;
        }

        var start = origin + From * stride;
        _first = (int)(start >> 16);
        _fraction = (short)((start & 0xffff) >> 1);
        _sourceFrom = _first;
        _sourceCount = (int)((start + (Count - 1) * stride) >> 16) - _first + 2;
        if (!_unit)
        {
            FillIndex(start, stride);
        }
    }

    /// <summary>What the plane has to say to an output row, from the survey of its own rows.</summary>
    internal RowKind Kind(RowKind[] rows, int outY, Ripple? ripple, double rippleScale)
    {
        var source = _originY + outY * _step;
        if (ripple is { } wave)
        {
            source = wave.At(source / rippleScale) * rippleScale;
        }

        var y = (int)Math.Floor(source);
        if (y < 0 || y + 1 >= rows.Length)
        {
            return RowKind.Empty;
        }

        if (rows[y] != rows[y + 1])
        {
            return RowKind.Mixed;
        }
        // Solid rows still have a clear rim at both ends of the layer.
        return rows[y] == RowKind.Solid && (_sourceFrom < 4 || _sourceFrom + _sourceCount > _planeWidth - 4) ? RowKind.Mixed : rows[y];
    }

    /// <summary>Writes the samples of an output row to <paramref name="to"/> (from its start). False when the plane does not reach the row.</summary>
    internal bool Read(Plane plane, int outY, bool covers, short* scratch, short* to, Ripple? ripple = null, double rippleScale = 1)
    {
        if (!Aimed(plane, outY, covers, ripple, rippleScale, out var y, out var fraction))
        {
            return false;
        }

        var row = plane.Row(y);
        if (fraction > 0)
        {
            RowMath.Mix(row + _sourceFrom, plane.Row(y + 1) + _sourceFrom, fraction, scratch, _sourceCount);
            row = scratch - _sourceFrom;
        }
        if (!_unit)
        {
            RowMath.Gather(row + _sourceFrom, _index, _weights, to, Count);
        }
        else
        {
            RowMath.Mix(row + _first, row + _first + 1, _fraction, to, Count);
        }

        return true;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_index);
        NativeMemory.AlignedFree(_weights);
    }

    private bool Aimed(Plane plane, int outY, bool covers, Ripple? ripple, double scale, out int y, out short fraction)
    {
        var source = _originY + outY * _step;
        if (ripple is { } wave)
        {
            source = wave.At(source / scale) * scale;
        }

        if (covers)
        {
            source = Math.Clamp(source, 0, plane.Height - 1);
        }

        y = (int)Math.Floor(source);
        fraction = RowMath.Weight(source - y);
        if (covers && y == plane.Height - 1)
        {
            fraction = 0;
        }

        return y >= 0 && y + 1 < plane.Height || covers;
    }

    private void FillIndex(long position, long stride)
    {
        for (var i = 0; i < Count; i++, position += stride)
        {
            var right = (int)(position & 0xffff) >> 2;
            _index[i] = (int)(position >> 16) - _sourceFrom;
            _weights[i] = (16384 - right) | right << 16;
        }
        // The vector loop runs past the end: keep it on samples that exist.
        for (var i = Count; i < Count + 16; i++)
        {
            (_index[i], _weights[i]) = (0, 16384);
        }
    }
}
