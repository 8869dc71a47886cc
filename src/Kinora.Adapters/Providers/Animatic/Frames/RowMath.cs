using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// The arithmetic of one row of samples: resample, blend, quantise. Weights are Q15 (0..32767). The scalar path gives the same
/// numbers as the vector path, so a film does not depend on the processor. Buffers may be read and written up to 16 samples past n.
/// A film is over before tiered compilation would have found these loops, so they are compiled at full strength at once.
/// </summary>
internal static unsafe class RowMath
{
    internal const int One = 32767;

    internal static short Weight(double share) => (short)Math.Clamp((int)Math.Round(share * 32768), 0, One);

    /// <summary>to = a + (b - a) * weight</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Mix(short* a, short* b, short weight, short* to, int n)
    {
        var x = 0;
        if (Avx2.IsSupported)
        {
            var w = Vector256.Create(weight);
            for (; x < n; x += 16)
            {
                var va = Avx.LoadVector256(a + x);
                var vb = Avx.LoadVector256(b + x);
                Avx.Store(to + x, Avx2.Add(va, Avx2.MultiplyHighRoundScale(Avx2.Subtract(vb, va), w)));
            }
            return;
        }
        for (; x < n; x++)
        {
            to[x] = (short)(a[x] + Scale((short)(b[x] - a[x]), weight));
        }
    }

    /// <summary>
    /// Resamples with a step other than one, at most two: each output takes two neighbours at its own index and weight pair. Four outputs lie
    /// within eight samples then, so one load and one shuffle (see <see cref="Pick"/>) fetch them, in less time than a gather instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gather(short* from, int* index, int* picks, int* weights, short* to, int n)
    {
        var x = 0;
        if (Avx2.IsSupported)
        {
            for (; x < n; x += 16)
            {
                var a = Pairs(from, index + x, picks + x, weights + x);
                var b = Pairs(from, index + x + 8, picks + x + 8, weights + x + 8);
                var packed = Avx2.Permute4x64(Avx2.PackSignedSaturate(a, b).AsInt64(), 0b11_01_10_00);
                Avx.Store(to + x, packed.AsInt16());
            }
            return;
        }
        for (; x < n; x++)
        {
            var w = weights[x];
            to[x] = (short)((from[index[x]] * (short)w + from[index[x] + 1] * (short)(w >> 16) + (1 << 13)) >> 14);
        }
    }

    /// <summary>The bytes of a sample and its right neighbour, so many samples after the first of its group of four outputs (0 to 6).</summary>
    internal static int Pick(int after) => 0x03020100 + after * 0x02020202;

    /// <summary>Draws a premultiplied row over another: to = colour + to * (1 - alpha).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Over(short* colour, short* alpha, short* to, int n)
    {
        var x = 0;
        if (Avx2.IsSupported)
        {
            for (; x + 16 <= n; x += 16)
            {
                var below = Avx.LoadVector256(to + x);
                var hidden = Avx2.MultiplyHighRoundScale(below, Avx.LoadVector256(alpha + x));
                Avx.Store(to + x, Avx2.Add(Avx.LoadVector256(colour + x), Avx2.Subtract(below, hidden)));
            }
        }
        for (; x < n; x++)
        {
            to[x] = (short)(colour[x] + to[x] - Scale(to[x], alpha[x]));
        }
    }

    /// <summary><see cref="Over(short*, short*, short*, int)"/> at a lower opacity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Over(short* colour, short* alpha, short* to, int n, short opacity)
    {
        var x = 0;
        if (Avx2.IsSupported)
        {
            var o = Vector256.Create(opacity);
            for (; x + 16 <= n; x += 16)
            {
                var below = Avx.LoadVector256(to + x);
                var a = Avx2.MultiplyHighRoundScale(Avx.LoadVector256(alpha + x), o);
                var c = Avx2.MultiplyHighRoundScale(Avx.LoadVector256(colour + x), o);
                Avx.Store(to + x, Avx2.Add(c, Avx2.Subtract(below, Avx2.MultiplyHighRoundScale(below, a))));
            }
        }
        for (; x < n; x++)
        {
            to[x] = (short)(Scale(colour[x], opacity) + to[x] - Scale(to[x], Scale(alpha[x], opacity)));
        }
    }

    /// <summary>Quantises to bytes with a repeating row of dither (64 thresholds of 0..63).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Store(short* from, short* dither, byte* to, int n)
    {
        var x = 0;
        if (Avx2.IsSupported)
        {
            for (; x + 32 <= n; x += 32)
            {
                var a = Avx2.ShiftRightArithmetic(Avx2.Add(Avx.LoadVector256(from + x), Avx.LoadVector256(dither + (x & 63))), 6);
                var b = Avx2.ShiftRightArithmetic(Avx2.Add(Avx.LoadVector256(from + x + 16), Avx.LoadVector256(dither + ((x + 16) & 63))), 6);
                var packed = Avx2.Permute4x64(Avx2.PackUnsignedSaturate(a, b).AsInt64(), 0b11_01_10_00);
                Avx.Store(to + x, packed.AsByte());
            }
        }
        for (; x < n; x++)
        {
            to[x] = (byte)Math.Clamp((from[x] + dither[x & 63]) >> 6, 0, 255);
        }
    }

    // Eight outputs of Gather in 32 bits each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pairs(short* from, int* index, int* picks, int* weights)
    {
        var samples = Vector256.Create(Vector128.Load(from + index[0]), Vector128.Load(from + index[4]));
        var pairs = Avx2.Shuffle(samples.AsByte(), Avx.LoadVector256(picks).AsByte()).AsInt16();
        var sums = Avx2.MultiplyAddAdjacent(pairs, Avx.LoadVector256(weights).AsInt16());
        return Avx2.ShiftRightArithmetic(Avx2.Add(sums, Vector256.Create(1 << 13)), 14);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short Scale(short sample, short weight) => (short)((sample * weight + 0x4000) >> 15);
}
