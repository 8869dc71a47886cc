namespace Kinora.Server.Realtime;

/// <summary>
/// What waits for one client, and who fetches it: a GET that waits, or the WebSocket once it has taken over. Safe for threads; a sender never waits. Ends
/// once; what was sent before that is still delivered if the client takes it soon.
/// </summary>
/// <param name="drained">All that waited was taken.</param>
/// <param name="closed">It has ended; called once, outside of any lock.</param>
internal sealed class EngineOutbox(RealtimeOptions limits, Action drained, Action<EngineClose> closed)
{
    private readonly Lock _lock = new();
    private OutgoingQueue _queue;
    private TaskCompletionSource? _poll; // the GET that waits
    private WebSocketTransport? _socket; // once it has replaced polling
    private WebSocketTransport? _probe; // would like to
    private bool _probed;
    private bool _pumping;
    private EngineClose? _closed;
    private bool _told;
    private volatile bool _open = true;

    public bool IsOpen => _open;

    /// <summary>Whether a WebSocket carries the session.</summary>
    public bool IsOnSocket
    {
        get
        {
            lock (_lock)
            {
                return _socket is not null;
            }
        }
    }

    /// <summary>Whether so little waits for the client that much may be sent.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count < limits.MaxWaiting / 4 && _queue.Bytes < limits.MaxWaitingBytes / 4;
            }
        }
    }

    /// <summary>Queues a packet and wakes whoever fetches it. The bytes are not copied and must not change.</summary>
    public void Send(byte[] packet)
    {
        WebSocketTransport? pump;
        lock (_lock)
        {
            pump = _closed is not null ? null
                : _queue.TryAdd(packet, limits) ? Wake()
                : End(EngineClose.TooSlow);
        }

        pump?.Pump();
        TellIfClosed();
    }

    /// <summary>Ends it; what was sent before is still delivered if the client takes it soon. Later calls do nothing.</summary>
    public void Close(EngineClose reason)
    {
        WebSocketTransport? pump;
        lock (_lock)
        {
            pump = _closed is null ? End(reason) : null;
        }

        pump?.Pump();
        TellIfClosed();
    }

    /// <summary>A GET came. The task ends when there is something to fetch with <see cref="EndPoll"/>; null: it may not wait here.</summary>
    public Task? BeginPoll()
    {
        lock (_lock)
        {
            if (_socket is not null)
            {
                return null;
            }

            if (_poll is null)
            {
                _poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_queue.Count > 0 || _probed || _closed is not null)
                {
                    _poll.SetResult();
                }

                return _poll.Task;
            }
        }

        // A second one beside the first: order can no longer be kept.
        Close(EngineClose.Malformed);
        return null;
    }

    /// <summary>What the GET answers; never empty.</summary>
    /// <param name="last">The session has ended and the client is told so.</param>
    public List<byte[]> EndPoll(out bool last)
    {
        List<byte[]> packets;
        lock (_lock)
        {
            _poll = null;
            packets = _socket is null ? _queue.TakeAll() : [];

            // Not together with what was said before: their client would hang up without hearing it.
            last = packets.Count == 0 && _closed is not null;
            if (packets.Count == 0)
            {
                packets.Add(last && _closed != EngineClose.ClientLeft ? EnginePacket.Close : EnginePacket.Noop);
            }
        }

        drained();
        return packets;
    }

    /// <summary>A WebSocket wants to replace polling. False when one has, or another tries.</summary>
    public bool TryProbe(WebSocketTransport socket)
    {
        lock (_lock)
        {
            var may = _closed is null && _socket is null && _probe is null;
            if (may)
            {
                _probe = socket;
            }

            return may;
        }
    }

    /// <summary>The probe was answered: GETs end at once from now on, so that the client can leave them.</summary>
    public void Probed()
    {
        lock (_lock)
        {
            _probed = true;
            _poll?.TrySetResult();
        }
    }

    /// <summary>The WebSocket gave up before it took over: polling goes on.</summary>
    public void ProbeFailed()
    {
        lock (_lock)
        {
            (_probe, _probed) = (null, false);
        }
    }

    /// <summary>The WebSocket carries the session from now on, and what waits goes over it.</summary>
    public void Attach(WebSocketTransport socket)
    {
        WebSocketTransport? pump;
        lock (_lock)
        {
            (_socket, _probe, _probed) = (socket, null, false);
            _poll?.TrySetResult();
            pump = Wake();
        }

        pump?.Pump();
    }

    /// <summary>The next packet for the WebSocket; null when there is none: it is woken for the next one.</summary>
    /// <param name="leave">Why it is to be closed now.</param>
    public byte[]? Next(out EngineClose? leave)
    {
        byte[]? packet;
        lock (_lock)
        {
            packet = _queue.Take();
            leave = packet is null ? _closed : null;
            _pumping = packet is not null;
        }

        if (packet is null && leave is null)
        {
            drained();
        }

        return packet;
    }

    /// <summary>Breaks the connection of the WebSocket that tries to take over, or of the one that has.</summary>
    public void Abort()
    {
        WebSocketTransport? probe, socket;
        lock (_lock)
        {
            (probe, socket) = (_probe, _socket);
        }

        probe?.Abort();
        socket?.Abort();
    }

    private WebSocketTransport? Wake()
    {
        _poll?.TrySetResult();
        if (_socket is null || _pumping || (_queue.Count == 0 && _closed is null))
        {
            return null;
        }

        _pumping = true;
        return _socket;
    }

    private WebSocketTransport? End(EngineClose reason)
    {
        (_closed, _open) = (reason, false);
        if (!reason.IsGraceful())
        {
            _queue.Clear();
        }

        return Wake();
    }

    private void TellIfClosed()
    {
        EngineClose reason;
        lock (_lock)
        {
            if (_told || _closed is null)
            {
                return;
            }

            (_told, reason) = (true, _closed.Value);
        }

        if (!reason.IsGraceful())
        {
            Abort();
        }

        closed(reason);
    }
}
