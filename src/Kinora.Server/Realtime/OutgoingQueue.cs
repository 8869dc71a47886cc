namespace Kinora.Server.Realtime;

/// <summary>
/// Packets that wait for a client; bounded, so that one that does not read costs little and is found out. Not safe for threads. The bytes of a packet are
/// shared by all who get it.
/// </summary>
internal struct OutgoingQueue
{
    private Queue<byte[]>? _packets; // most sockets have nothing waiting at most times

    public int Count => _packets?.Count ?? 0;

    public int Bytes { get; private set; }

    /// <summary>False when there is no room. An empty queue takes any packet.</summary>
    public bool TryAdd(byte[] packet, RealtimeOptions limits)
    {
        if (Count > 0 && (Count >= limits.MaxWaiting || Bytes + packet.Length > limits.MaxWaitingBytes))
        {
            return false;
        }

        (_packets ??= new Queue<byte[]>()).Enqueue(packet);
        Bytes += packet.Length;
        return true;
    }

    public byte[]? Take()
    {
        if (_packets is null || !_packets.TryDequeue(out var packet))
        {
            return null;
        }

        Bytes -= packet.Length;
        if (_packets.Count == 0)
        {
            _packets = null;
        }

        return packet;
    }

    public List<byte[]> TakeAll()
    {
        List<byte[]> all = _packets is null ? [] : [.. _packets];
        Clear();
        return all;
    }

    public void Clear() => (_packets, Bytes) = (null, 0);
}
