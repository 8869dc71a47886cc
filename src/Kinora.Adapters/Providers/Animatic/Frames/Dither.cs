namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// The rounding thresholds of a frame: without them a calm sky shows bands. They are fixed to the frame, so that
/// the encoder finds still grain where the picture is flat and spends nothing on it.
/// </summary>
internal static unsafe class Dither
{
    private const int Size = 64;
    private static readonly Plane Luma = Make(0);
    private static readonly Plane Chroma = Make(17);

    internal static short* LumaRow(int y) => Luma.Row(y & (Size - 1));

    internal static short* ChromaRow(int y) => Chroma.Row(y & (Size - 1));

    // Interleaved gradient noise (Jimenez, 2014): spread like blue noise, without a table to carry.
    private static Plane Make(int shift)
    {
        var plane = new Plane(Size, Size);
        for (var y = 0; y < Size; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < Size; x++)
            {
                var inner = 0.06711056 * (x + shift) + 0.00583715 * (y + shift);
                var outer = 52.9829189 * (inner - Math.Floor(inner));
                row[x] = (short)(Plane.Step * (outer - Math.Floor(outer)));
            }
        }
        return plane;
    }
}
