using System.Net.WebSockets;

namespace Kinora.Server.Realtime;

/// <summary>A WebSocket that carries a session: each packet is one message. Uncompressed: a small message that unpacks to a large one is no weapon.</summary>
internal sealed class WebSocketTransport(HttpContext context, EngineSession session)
{
    private static readonly byte[] Probe = "probe"u8.ToArray();

    // The server's pings are packets; frames of that kind beside them would only cost timers.
    private static readonly WebSocketAcceptContext Plain = new() { KeepAliveInterval = Timeout.InfiniteTimeSpan };

    private readonly Lock _lock = new();
    private readonly PooledBuffer _message = new();
    private WebSocket? _socket;
    private EngineClose _end;
    private bool _over;

    /// <summary>Carries the session from its beginning to its end.</summary>
    public async Task ServeAsync(byte[] open)
    {
        try
        {
            using var socket = await AcceptAsync();
            session.Outbox.Attach(this);
            session.Send(open);
            await ReceiveAsync(socket);
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // However a connection breaks, it is over.
        }
        finally
        {
            End();
            session.Gone();
        }
    }

    /// <summary>Takes over from polling after the probe (ping, pong, upgrade); whatever goes wrong before that leaves the session as it was.</summary>
    public async Task UpgradeAsync()
    {
        var carries = false;
        try
        {
            using var socket = await AcceptAsync();
            if (await NextAsync(socket) is { Type: EnginePacketType.Ping } ping && ping.Data.Span.SequenceEqual(Probe))
            {
                await socket.SendAsync(EnginePacket.ProbePong, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                session.Outbox.Probed();
                if (await NextAsync(socket) is { Type: EnginePacketType.Upgrade })
                {
                    carries = true;
                    session.Outbox.Attach(this);
                    session.ProbeEnded();
                    await ReceiveAsync(socket);
                }
            }
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // As above.
        }
        finally
        {
            End();
            if (carries)
            {
                session.Gone();
            }
            else
            {
                session.Outbox.ProbeFailed();
                session.ProbeEnded();
            }
        }
    }

    /// <summary>Sends what waits. Whoever calls goes on when the connection takes no more.</summary>
    public void Pump() => _ = PumpAsync();

    /// <summary>Breaks the connection; safe at any time.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            if (!_over)
            {
                context.Abort();
            }
        }
    }

    private async ValueTask<WebSocket> AcceptAsync() => _socket = await context.WebSockets.AcceptWebSocketAsync(Plain);

    private async Task PumpAsync()
    {
        try
        {
            EngineClose? leave;
            while (session.Outbox.Next(out leave) is { } packet)
            {
                await _socket!.SendAsync(packet, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }

            if (leave is { } reason)
            {
                await _socket!.CloseOutputAsync(reason.Status(), null, CancellationToken.None);
            }
        }
        catch (Exception gone) when (IsEnd(gone) || gone is InvalidOperationException)
        {
            Abort();
        }
    }

    private async Task ReceiveAsync(WebSocket socket)
    {
        while (await NextAsync(socket) is { } packet)
        {
            await session.HandleAsync(packet, context);
        }

        session.Close(_end);

        // It reads on until the client has taken notice, so that the client learns why; the session's sweep ends that when it takes too long.
        _message.Clear();
        var rest = _message.Free();
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(rest, CancellationToken.None);
        }
    }

    /// <summary>The next message, valid until the one after it is asked for; null, with the reason in <see cref="_end"/>, when there is none any more.</summary>
    private async ValueTask<EnginePacket?> NextAsync(WebSocket socket)
    {
        // A socket that says nothing holds no buffer: this read only waits.
        _message.Clear();
        var read = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        while (read is { EndOfMessage: false, MessageType: not WebSocketMessageType.Close })
        {
            read = await socket.ReceiveAsync(_message.Free(), CancellationToken.None);
            _message.Advance(read.Count);
            if (_message.Length > session.MaxPayload)
            {
                return End(EngineClose.TooLarge);
            }

            // Fragments without an end, and with nothing in them.
            if (read is { Count: 0, EndOfMessage: false } && !session.TryTakePacket())
            {
                return End(EngineClose.Refused);
            }
        }

        return read.MessageType switch
        {
            WebSocketMessageType.Close => End(EngineClose.ClientLeft),
            WebSocketMessageType.Binary => new EnginePacket(EnginePacketType.Binary, _message.Written),
            _ => EnginePacket.TryRead(_message.Written, out var packet) ? packet : End(EngineClose.Malformed),
        };
    }

    private EnginePacket? End(EngineClose reason)
    {
        _end = reason;
        return null;
    }

    private void End()
    {
        _message.Clear();
        lock (_lock)
        {
            _over = true; // the request's context is no longer ours
        }
    }

    private static bool IsEnd(Exception fault) =>
        fault is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException;
}
