using System.ComponentModel.DataAnnotations;

namespace Kinora.Server.Realtime;

/// <summary>Settings <c>Realtime:…</c>: live updates over Socket.IO. Whoever passes a limit loses the connection, nobody else notices.</summary>
internal sealed record RealtimeOptions
{
    /// <summary>Milliseconds from one ping of the server to the next.</summary>
    [Range(100, 300_000)]
    public int PingIntervalMilliseconds { get; init; } = 25_000;

    /// <summary>Milliseconds that a client has to answer a ping. Without an answer the connection is gone after interval and timeout together.</summary>
    [Range(100, 300_000)]
    public int PingTimeoutMilliseconds { get; init; } = 20_000;

    /// <summary>Milliseconds that a connection may last without a successful sign-in.</summary>
    [Range(100, 60_000)]
    public int SignInMilliseconds { get; init; } = 5_000;

    /// <summary>Milliseconds that a WebSocket may take to replace polling.</summary>
    [Range(100, 60_000)]
    public int UpgradeMilliseconds { get; init; } = 10_000;

    /// <summary>Bytes of one message, or of one body of several.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxPayloadBytes { get; init; } = 1_000_000;

    /// <summary>Packets in one body. A client that emits many events at once sends them in one.</summary>
    [Range(1, 100_000)]
    public int MaxPacketsPerBody { get; init; } = 256;

    /// <summary>Binary attachments of one event.</summary>
    [Range(0, 1_000)]
    public int MaxAttachments { get; init; } = 4;

    /// <summary>Packets that one connection may send in a second, on average; five seconds' worth at once.</summary>
    [Range(1, 100_000)]
    public int PacketsPerSecond { get; init; } = 100;

    /// <summary>Connections from one address (of IPv6: one /64). Behind a proxy that Server:TrustedProxies does not name all clients have the proxy's. 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int MaxPerAddress { get; init; } = 100;

    /// <summary>Connections in all.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Messages that may wait for a client that does not read.</summary>
    [Range(16, 1_000_000)]
    public int MaxWaiting { get; init; } = 4_096;

    /// <summary>Bytes that may wait for it.</summary>
    [Range(100_000, 1_000_000_000)]
    public int MaxWaitingBytes { get; init; } = 4_000_000;
}
