using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// Turns a row of 8-bit RGBA into luma, and adds up its chroma and alpha, eight pixels at a time. Drawing a scene's sheets is mostly this; a first
/// frame waits for it. Compiled at full strength at once, like <see cref="RowMath"/>.
/// </summary>
internal static unsafe class PixelRow
{
    /// <summary>Converts as many pixels as make whole vectors and returns how many.</summary>
    /// <param name="ground">What lies below the drawing; the result is then opaque.</param>
    /// <param name="alphas">Q15 out; null for an opaque layer.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Add(byte* rgba, int count, Rgb? ground, short* luma, short* alphas, float* blue, float* red, float* cover)
    {
        var byteMask = Vector256.Create(0xFFu);
        var one = Vector256.Create(1f);
        var below = ground ?? default;
        var x = 0;
        for (; x + 8 <= count; x += 8)
        {
            var pixels = Vector256.Load((uint*)(rgba + x * 4));
            var a = Single(pixels >>> 24) * (1 / 255f);
            if (alphas != null && a == Vector256<float>.Zero)
            {
                continue;
            }

            var r = Single(pixels & byteMask);
            var g = Single((pixels >>> 8) & byteMask);
            var b = Single((pixels >>> 16) & byteMask);
            if (ground is not null)
            {
                var rest = one - a;
                r = r * a + rest * below.R;
                g = g * a + rest * below.G;
                b = b * a + rest * below.B;
                a = one;
            }
            var bright = r * 0.2126f + g * 0.7152f + b * 0.0722f;
            StoreShort((bright * (219f / 255) + Vector256.Create(16f)) * a * Plane.Step, luma + x);
            if (alphas != null)
            {
                StoreShort(a * RowMath.One, alphas + x);
            }

            AddTo(blue + x, ((b - bright) * (224f / 255 / 1.8556f) + Vector256.Create(128f)) * a);
            AddTo(red + x, ((r - bright) * (224f / 255 / 1.5748f) + Vector256.Create(128f)) * a);
            AddTo(cover + x, a);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Single(Vector256<uint> values) => Vector256.ConvertToSingle(values.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreShort(Vector256<float> values, short* to)
    {
        var whole = Vector256.ConvertToInt32(values + Vector256.Create(0.5f));
        Vector128.Narrow(whole.GetLower(), whole.GetUpper()).Store(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* sums, Vector256<float> values) => (Vector256.Load(sums) + values).Store(sums);
}
