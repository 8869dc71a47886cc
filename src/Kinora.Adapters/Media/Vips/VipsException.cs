using System.Runtime.InteropServices;

namespace Kinora.Adapters.Media.Vips;

/// <summary>libvips refused an operation; the message is its own and may name file paths, so it is a detail, never public text.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    /// <summary>Takes (and empties) libvips' error buffer. The buffer is shared by all threads: the text is a hint, not a key.</summary>
    internal static VipsException Take(string doing)
    {
        var buffer = VipsNative.ErrorBufferCopy();
        var text = Marshal.PtrToStringUTF8(buffer)?.Trim();
        VipsNative.Free(buffer);
        return new VipsException($"{doing}: {(string.IsNullOrEmpty(text) ? "failed" : text)}");
    }
}
