using System.Buffers;

namespace Kinora.Server.Realtime;

/// <summary>Bytes as they come, in memory of the shared pool that grows with them. Holds none before <see cref="Free"/> and after <see cref="Clear"/>. For one thread at a time.</summary>
internal sealed class PooledBuffer
{
    private const int First = 2_048;
    private byte[]? _bytes;

    public int Length { get; private set; }

    /// <summary>What was written; valid until the buffer is cleared or grows.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Room for at least one byte more.</summary>
    public Memory<byte> Free()
    {
        if (_bytes is null)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(First);
        }
        else if (Length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length * 2);
            _bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public void Clear()
    {
        if (_bytes is { } bytes)
        {
            (_bytes, Length) = (null, 0);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
