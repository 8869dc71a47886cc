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
    private readonly int* _picks;
    private double _originY;
    private double _step;
    private bool _unit;
    private int _planeWidth;
    private long _start;
    private long _stride;
    private int _sourceFrom;
    private int _sourceCount;
    private int _row;
    private short _between;

    internal PlaneSampler(int widest)
    {
        _index = (int*)NativeMemory.AlignedAlloc((nuint)(widest + 64) * sizeof(int), 64);
        _weights = (int*)NativeMemory.AlignedAlloc((nuint)(widest + 64) * sizeof(int), 64);
        _picks = (int*)NativeMemory.AlignedAlloc((nuint)(widest + 64) * sizeof(int), 64);
    }

    /// <summary>First output sample the plane reaches, and how many from there.</summary>
    internal int From { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Aims at a plane of the given width. A plane that covers the frame is held inside its edges. The step is at most two.</summary>
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
        _stride = stride;
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
        _start = start;
        _sourceFrom = (int)(start >> 16);
        _sourceCount = (int)((start + (Count - 1) * stride) >> 16) - _sourceFrom + 2;
        if (!_unit)
        {
            FillIndex(start, stride);
        }
    }

    /// <summary>Goes to an output row; what is asked from here on is about that row.</summary>
    internal void Seek(int outY, int planeHeight, bool covers, Ripple? ripple, double rippleScale)
    {
        var source = _originY + outY * _step;
        if (ripple is { } wave)
        {
            source = wave.At(source / rippleScale) * rippleScale;
        }

        if (covers)
        {
            source = Math.Clamp(source, 0, planeHeight - 1);
        }

        _row = (int)Math.Floor(source);
        _between = covers && _row == planeHeight - 1 ? (short)0 : RowMath.Weight(source - _row);
    }

    /// <summary>What the plane has to say to the row.</summary>
    internal RowKind Kind(PlaneSurvey survey)
    {
        var kind = survey.Kind(_row);
        // Solid rows still have a clear rim at both ends of the layer.
        return kind == RowKind.Solid && (_sourceFrom < 4 || _sourceFrom + _sourceCount > _planeWidth - 4) ? RowKind.Mixed : kind;
    }

    /// <summary>Where on the surveyed plane there is something for the row. Not to be asked of an empty row.</summary>
    internal ReadOnlySpan<Stretch> Stretches(PlaneSurvey survey) => survey.Stretches(_row);

    /// <summary>The output samples, counted from <see cref="From"/>, that a stretch of the plane shows in; in whole vectors, but for the end of the row.</summary>
    internal Stretch Reach(Stretch stretch)
    {
        var from = (((stretch.From - 1L) << 16) - _start) / _stride;
        var to = (((long)stretch.To << 16) - _start + _stride) / _stride;
        return new Stretch((int)Math.Max(0, from) & ~15, (int)Math.Min(Count, (to + 15) & ~15));
    }

    /// <summary>Writes some of the row's samples, counted from <see cref="From"/>, to the start of <paramref name="to"/>. They begin at a whole vector.</summary>
    internal void Read(Plane plane, Stretch samples, short* scratch, short* to)
    {
        var count = samples.To - samples.From;
        var first = _unit ? samples.From : _index[samples.From];
        var row = plane.Row(_row) + _sourceFrom + first;
        if (_between > 0)
        {
            var sources = (_unit ? count - 1 : _index[samples.To - 1] - first) + 2;
            RowMath.Mix(row, plane.Row(_row + 1) + _sourceFrom + first, _between, scratch, sources);
            row = scratch;
        }

        if (_unit)
        {
            RowMath.Mix(row, row + 1, (short)((_start & 0xffff) >> 1), to, count);
        }
        else
        {
            RowMath.Gather(row - first, _index + samples.From, _picks + samples.From, _weights + samples.From, to, count);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_index);
        NativeMemory.AlignedFree(_weights);
        NativeMemory.AlignedFree(_picks);
    }

    private void FillIndex(long position, long stride)
    {
        for (var i = 0; i < Count; i++, position += stride)
        {
            var right = (int)(position & 0xffff) >> 2;
            _index[i] = (int)(position >> 16) - _sourceFrom;
            _weights[i] = (16384 - right) | right << 16;
            _picks[i] = RowMath.Pick(_index[i] - _index[i & ~3]);
        }

        // The vector loop runs past the end: keep it on samples that exist.
        for (var i = Count; i < Count + 16; i++)
        {
            (_index[i], _weights[i], _picks[i]) = (_index[Count - 1], 16384, RowMath.Pick(0));
        }
    }
}
