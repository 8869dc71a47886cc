using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>What is on a row of a layer.</summary>
internal enum RowKind : byte
{
    Mixed,
    Empty,
    Solid,
}

/// <summary>Samples of a row, from one up to before another.</summary>
internal readonly record struct Stretch(int From, int To);

/// <summary>
/// Where an alpha plane has something, so that a frame can skip what cannot be seen: most of a sheet, and nearly all of rain, is clear. Rows
/// are read in pairs (bilinear), and surveyed so: entry y speaks of rows y and y + 1.
/// </summary>
internal sealed unsafe class PlaneSurvey
{
    private const int Block = 16;

    // Clear samples up to this many are drawn along: beginning a stretch anew costs more.
    private const int Gap = 3 * Block;
    private readonly RowKind[] _kinds;
    private readonly int[] _firsts;
    private readonly List<Stretch> _stretches = [];

    /// <param name="alpha">The plane; it does not change afterwards.</param>
    /// <param name="repeats">The first row follows the last one (a tile). Else the last row has no entry.</param>
    internal PlaneSurvey(Plane alpha, bool repeats = false)
    {
        var pairs = repeats ? alpha.Height : alpha.Height - 1;
        _kinds = new RowKind[pairs];
        _firsts = new int[pairs + 1];
        var solid = IsSolid(alpha, 0);
        for (var y = 0; y < pairs; y++)
        {
            var below = y + 1 == alpha.Height ? 0 : y + 1;
            var (above, solidBelow) = (solid, IsSolid(alpha, below));
            solid = solidBelow;
            AddStretches(alpha.Row(y), alpha.Row(below), alpha.Width);
            _firsts[y + 1] = _stretches.Count;
            _kinds[y] = above && solidBelow ? RowKind.Solid : _firsts[y] == _firsts[y + 1] ? RowKind.Empty : RowKind.Mixed;
        }
    }

    /// <summary>Empty beyond the plane.</summary>
    internal RowKind Kind(int y) => (uint)y < (uint)_kinds.Length ? _kinds[y] : RowKind.Empty;

    /// <summary>From left to right; all outside them is clear.</summary>
    internal ReadOnlySpan<Stretch> Stretches(int y) =>
        CollectionsMarshal.AsSpan(_stretches)[_firsts[y].._firsts[y + 1]];

    // The rim is clear by design (see LayerReader); a row is solid when all between is.
    private static bool IsSolid(Plane alpha, int y) =>
        alpha.Width > 8 && new ReadOnlySpan<short>(alpha.Row(y) + 4, alpha.Width - 8).IndexOfAnyExcept((short)RowMath.One) < 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddStretches(short* above, short* below, int width)
    {
        int from = -1, to = 0;
        for (var x = 0; x < width; x += Block)
        {
            if ((Vector256.Load(above + x) | Vector256.Load(below + x)) == Vector256<short>.Zero)
            {
                continue;
            }

            if (from < 0 || x - to > Gap)
            {
                Add(from, to);
                from = x;
            }

            to = Math.Min(width, x + Block);
        }

        Add(from, to);
    }

    private void Add(int from, int to)
    {
        if (from >= 0)
        {
            _stretches.Add(new Stretch(from, to));
        }
    }
}
