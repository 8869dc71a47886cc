namespace Kinora.Server.Realtime;

/// <summary>Engine.IO packet types, written as one digit (protocol 4, https://github.com/socketio/engine.io-protocol, read 2026-11).</summary>
internal enum EnginePacketType
{
    Open,
    Close,
    Ping,
    Pong,
    Message,
    Upgrade,
    Noop,

    /// <summary>A message of bytes; it has no digit.</summary>
    Binary,
}

/// <param name="Data">What follows the digit. Valid only until the packet has been handled: its memory is used again.</param>
internal readonly record struct EnginePacket(EnginePacketType Type, ReadOnlyMemory<byte> Data)
{
    public static readonly byte[] Close = "1"u8.ToArray();
    public static readonly byte[] Ping = "2"u8.ToArray();
    public static readonly byte[] ProbePong = "3probe"u8.ToArray();
    public static readonly byte[] Noop = "6"u8.ToArray();

    /// <summary>Reads a text packet: a digit and its data.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> text, out EnginePacket packet)
    {
        var type = text.Length == 0 ? -1 : text.Span[0] - '0';
        var known = type is >= (int)EnginePacketType.Open and <= (int)EnginePacketType.Noop;
        packet = known ? new EnginePacket((EnginePacketType)type, text[1..]) : default;
        return known;
    }
}
