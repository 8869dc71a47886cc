using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Media;

/// <summary>Random reads of a foreign file that never go past its end, whatever its own numbers say.</summary>
internal readonly record struct FileBytes(SafeFileHandle File, long Length)
{
    public static FileBytes Of(SafeFileHandle file) => new(file, RandomAccess.GetLength(file));

    /// <summary>Up to <paramref name="count"/> bytes: fewer at the end of the file, none behind it.</summary>
    public byte[] Read(long at, int count)
    {
        var bytes = new byte[(int)Math.Clamp(Length - at, 0, count)];
        var got = bytes.Length == 0 ? 0 : RandomAccess.Read(File, bytes, at);
        return got == bytes.Length ? bytes : bytes[..got];
    }

    /// <summary>Exactly <paramref name="count"/> bytes; null when the file ends before.</summary>
    public byte[]? ReadAll(long at, int count) => Read(at, count) is var bytes && bytes.Length == count ? bytes : null;
}
