using System.Buffers.Text;

namespace Kinora.Server.Realtime;

/// <summary>A polling body: packets with a record separator between them; bytes as <c>b</c> and base64.</summary>
internal static class EnginePayload
{
    public const byte Separator = 0x1e;

    /// <summary>Null when any packet is malformed or there are too many: then none of them counts.</summary>
    /// <param name="body">Its memory holds the packets, so it must stay until they are handled.</param>
    public static List<EnginePacket>? Read(ReadOnlyMemory<byte> body, int most)
    {
        var packets = new List<EnginePacket>();
        while (true)
        {
            var end = body.Span.IndexOf(Separator);
            var text = end < 0 ? body : body[..end];
            if (packets.Count == most || !TryRead(text, out var packet))
            {
                return null;
            }

            packets.Add(packet);
            if (end < 0)
            {
                return packets;
            }

            body = body[(end + 1)..];
        }
    }

    public static int LengthOf(IReadOnlyList<byte[]> packets) => packets.Sum(p => p.Length) + packets.Count - 1;

    private static bool TryRead(ReadOnlyMemory<byte> text, out EnginePacket packet)
    {
        if (text.Length == 0 || text.Span[0] != 'b')
        {
            return EnginePacket.TryRead(text, out packet);
        }

        packet = default;
        var encoded = text.Span[1..];
        if (!Base64.IsValid(encoded, out var length))
        {
            return false;
        }

        var bytes = new byte[length];
        packet = new EnginePacket(EnginePacketType.Binary, bytes);
        return Base64.DecodeFromUtf8(encoded, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == length;
    }
}
