using System.Buffers.Binary;

namespace Kinora.Server.Lab;

/// <summary>
/// A result: a video, filled up to any size by a trailing <c>free</c> box (ISO/IEC 14496-12, 8.1.2), which players pass over; or a picture, filled up by
/// zeros, which viewers pass over. The filling is made while it is sent.
/// </summary>
internal sealed class LabFile
{
    private readonly byte[] _head;

    public LabFile(byte[] media, long? bytes, string tag, string type = "video/mp4")
    {
        var filling = (bytes ?? 0) - media.Length;
        _head = filling < 16 || type != "video/mp4" ? media : [.. media, .. FreeBox(filling)];
        Length = filling < 16 ? media.Length : bytes!.Value;
        Tag = $"\"{tag}\"";
        Type = type;
    }

    public string Type { get; }

    public long Length { get; }

    /// <summary>A strong ETag.</summary>
    public string Tag { get; }

    public async Task CopyAsync(Stream to, long from, long count, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var size = (int)Math.Min(count, buffer.Length);
            Read(from, buffer.AsSpan(0, size));
            await to.WriteAsync(buffer.AsMemory(0, size), cancel);
            from += size;
            count -= size;
        }
    }

    private void Read(long from, Span<byte> into)
    {
        into.Clear();
        if (from < _head.Length)
        {
            var part = _head.AsSpan((int)from);
            part[..Math.Min(part.Length, into.Length)].CopyTo(into);
        }
    }

    // Size 1 says that the true size follows in 64 bits.
    private static byte[] FreeBox(long size)
    {
        var box = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(box, 1);
        "free"u8.CopyTo(box.AsSpan(4));
        BinaryPrimitives.WriteInt64BigEndian(box.AsSpan(8), size);
        return box;
    }
}
