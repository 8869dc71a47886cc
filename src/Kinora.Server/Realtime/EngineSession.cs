namespace Kinora.Server.Realtime;

/// <summary>One client over either transport: its messages in, its outbox, and until when it may be silent. Times are milliseconds of <see cref="EngineSessions.Now"/>.</summary>
internal sealed class EngineSession
{
    /// <summary>How long a client that was told to leave may take to fetch that.</summary>
    private const long LeaveMilliseconds = 2_000;

    private const int StrangerPayload = 16_384;

    private readonly EngineSessions _sessions;
    private readonly IEngineHandler _handler;
    private Heartbeat _heartbeat;
    private PacketBudget _budget;
    private int _posting;
    private int _gone;
    private long _leaveBy; // once it is closed
    private long _upgradeBy; // while a WebSocket tries to take over

    public EngineSession(EngineSessions sessions, string id, string address, Func<EngineSession, IEngineHandler> handler)
    {
        (_sessions, Id, Address) = (sessions, id, address);
        _heartbeat = new Heartbeat(sessions.Options, sessions.Now);
        _budget = new PacketBudget(sessions.Options.PacketsPerSecond, sessions.Now);
        _handler = handler(this);
        Outbox = new EngineOutbox(sessions.Options, _handler.OnDrained, Closed);
    }

    /// <summary>Unguessable: whoever knows it is the client.</summary>
    public string Id { get; }

    /// <summary>Of the client, as it is counted.</summary>
    public string Address { get; }

    public EngineOutbox Outbox { get; }

    public RealtimeOptions Options => _sessions.Options;

    public long Now => _sessions.Now;

    /// <summary>Bytes that a message or body may have: few from those who have not signed in, who have nothing to say but who they are.</summary>
    public int MaxPayload => SignInBy == 0 ? Options.MaxPayloadBytes : Math.Min(Options.MaxPayloadBytes, StrangerPayload);

    /// <summary>When it is closed unless this is moved; 0: never.</summary>
    public long SignInBy { get; set; }

    public void Send(byte[] packet) => Outbox.Send(packet);

    public void Close(EngineClose reason) => Outbox.Close(reason);

    /// <summary>Handles a packet of the client. Packets of one session come one after the other.</summary>
    public ValueTask HandleAsync(EnginePacket packet, HttpContext request)
    {
        if (!Outbox.IsOpen || !TryTakePacket())
        {
            return ValueTask.CompletedTask;
        }

        switch (packet.Type)
        {
            case EnginePacketType.Message:
                return _handler.OnTextAsync(packet.Data, request);
            case EnginePacketType.Binary:
                return _handler.OnBinaryAsync(packet.Data);
            case EnginePacketType.Pong:
                _heartbeat.Answered(Now);
                break;
            case EnginePacketType.Close:
                Close(EngineClose.ClientLeft);
                break;
            case EnginePacketType.Noop:
                break;
            default:
                Close(EngineClose.Malformed);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Counts something that the client sent; false, and closed, when it was too much.</summary>
    public bool TryTakePacket()
    {
        var allowed = _budget.TryTake(Now);
        if (!allowed)
        {
            Close(EngineClose.Refused);
        }

        return allowed;
    }

    /// <summary>A POST came. False when it may not be: there is one already, which ends the session, or it is no longer polling.</summary>
    public bool BeginPost()
    {
        if (!Outbox.IsOpen || Outbox.IsOnSocket)
        {
            return false;
        }

        var first = Interlocked.Exchange(ref _posting, 1) == 0;
        if (!first)
        {
            Close(EngineClose.Malformed);
        }

        return first;
    }

    public void EndPost() => Volatile.Write(ref _posting, 0);

    /// <summary>A WebSocket wants to replace polling. False when one has, or another tries.</summary>
    public bool TryProbe(WebSocketTransport socket)
    {
        var may = Outbox.TryProbe(socket);
        if (may)
        {
            Volatile.Write(ref _upgradeBy, Now + Options.UpgradeMilliseconds);
        }

        return may;
    }

    /// <summary>The WebSocket has taken over, or has given up.</summary>
    public void ProbeEnded() => Volatile.Write(ref _upgradeBy, 0);

    /// <summary>Does what is due: pings, and ends.</summary>
    /// <param name="soon">When the next look will be: what would be late then is done now.</param>
    public void Sweep(long soon)
    {
        if (Volatile.Read(ref _upgradeBy) is not 0 and var upgradeBy && soon >= upgradeBy && !Outbox.IsOnSocket)
        {
            Outbox.Abort();
        }

        if (!Outbox.IsOpen)
        {
            Leave(soon);
        }
        else if (SignInBy != 0 && soon >= SignInBy)
        {
            Close(EngineClose.Refused);
        }
        else if (_heartbeat.IsSilent(soon))
        {
            Close(EngineClose.Silent);
        }
        else if (_heartbeat.TryPing(soon))
        {
            Send(EnginePacket.Ping);
        }
    }

    public ValueTask CheckAsync() => Outbox.IsOpen ? _handler.CheckAsync() : ValueTask.CompletedTask;

    /// <summary>Its transport has ended: nothing is left of it.</summary>
    public void Gone()
    {
        if (Interlocked.Exchange(ref _gone, 1) == 0)
        {
            Close(EngineClose.ClientLeft);
            _sessions.Remove(this);
        }
    }

    private void Closed(EngineClose reason)
    {
        Volatile.Write(ref _leaveBy, Now + LeaveMilliseconds);
        _handler.OnClosed();

        // While polling nobody may come to fetch a farewell. A GET that waits has its answer already.
        if (!Outbox.IsOnSocket && reason is not (EngineClose.Refused or EngineClose.GoingAway))
        {
            Gone();
        }
    }

    private void Leave(long soon)
    {
        if (Volatile.Read(ref _leaveBy) is not 0 and var leaveBy && soon >= leaveBy)
        {
            Outbox.Abort();
            if (!Outbox.IsOnSocket)
            {
                Gone();
            }
        }
    }
}
