using System.Runtime.InteropServices;

namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// One sample plane in native memory, 14 bits a sample (an 8-bit code times 64): fine enough that gradients are quantised
/// once, with dither, when a frame leaves. Rows are padded so that a vector may read past their end.
/// </summary>
internal sealed unsafe class Plane : IDisposable
{
    /// <summary>One 8-bit code step.</summary>
    internal const int Step = 64;

    private const int Padding = 64;
    private short* _samples;

    internal Plane(int width, int height)
    {
        Width = width;
        Height = height;
        Stride = (width + Padding + 31) & ~31;
        var bytes = (nuint)Stride * (nuint)(height + 1) * sizeof(short);
        _samples = (short*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_samples, bytes);
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Stride { get; }

    internal short* Row(int y) => _samples + (long)y * Stride;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_samples);
        _samples = null;
    }
}
