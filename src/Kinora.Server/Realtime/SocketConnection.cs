using Kinora.Errors;

namespace Kinora.Server.Realtime;

/// <summary>One client in the one namespace there is: lets it in, hears its events, and lets it stay as long as its credential is good.</summary>
internal sealed partial class SocketConnection : IEngineHandler
{
    private readonly EngineSession _session;
    private readonly SocketHub _hub;
    private SocketPacket? _binary; // an event whose attachments are still to come
    private int _attachments;
    private volatile SocketUser? _user;
    private FeedMember? _member;
    private int _checking;

    public SocketConnection(EngineSession session, SocketHub hub)
    {
        (_session, _hub) = (session, hub);
        _session.SignInBy = _session.Now + _session.Options.SignInMilliseconds;
    }

    /// <summary>Whether much may be sent to it.</summary>
    public bool HasRoom => _session.Outbox.HasRoom;

    public bool IsOpen => _session.Outbox.IsOpen;

    public void Send(byte[] packet) => _session.Send(packet);

    public void Close(EngineClose reason) => _session.Close(reason);

    /// <summary>Sends what is meant for this user, unless the credential has ended meanwhile.</summary>
    public async ValueTask DeliverAsync(SocketUser user, byte[] packet)
    {
        if (await StaysAsync(user))
        {
            Send(packet);
        }
    }

    public async ValueTask OnTextAsync(ReadOnlyMemory<byte> text, HttpContext request)
    {
        // Nothing may come between an event and its attachments.
        if (_binary is not null || SocketPacket.Read(text) is not { } packet)
        {
            Close(EngineClose.Malformed);
        }
        else if (packet.Type == SocketPacketType.Connect)
        {
            await ConnectAsync(packet, request);
        }
        else if (_member is null || packet.Namespace != SocketPacket.MainNamespace || packet.Attachments > _session.Options.MaxAttachments)
        {
            Close(EngineClose.Malformed);
        }
        else if (packet.Attachments > 0)
        {
            (_binary, _attachments) = (packet, packet.Attachments);
        }
        else
        {
            Take(packet);
        }
    }

    /// <summary>Attachments are counted, not kept: no event here has a use for them.</summary>
    public ValueTask OnBinaryAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_binary is not { } packet)
        {
            Close(EngineClose.Malformed);
        }
        else if (--_attachments == 0)
        {
            _binary = null;
            Take(packet);
        }

        return ValueTask.CompletedTask;
    }

    public void OnDrained() => _member?.Wake();

    public void OnClosed() => Leave();

    public async ValueTask CheckAsync()
    {
        // One question at a time: an answer may take longer than the time between two.
        if (_user is { } user && Interlocked.Exchange(ref _checking, 1) == 0)
        {
            await StaysAsync(user);
            Volatile.Write(ref _checking, 0);
        }
    }

    private async ValueTask ConnectAsync(SocketPacket packet, HttpContext request)
    {
        if (packet.Namespace != SocketPacket.MainNamespace)
        {
            Send(SocketPacket.ConnectError(packet.Namespace, "Invalid namespace"));
        }
        else if (_member is not null)
        {
            Close(EngineClose.Malformed);
        }
        else
        {
            await SignInAsync(packet, request);
        }
    }

    private async ValueTask SignInAsync(SocketPacket packet, HttpContext request)
    {
        try
        {
            if (await _hub.Access.IdentifyAsync(request, packet.Json, request.RequestAborted) is not { } user)
            {
                Send(SocketPacket.ConnectError(SocketPacket.MainNamespace, "Authentication error"));
                return;
            }

            _session.SignInBy = 0;
            _user = user;
            Send(SocketPacket.Connected(_hub.NewId()));
            _member = _hub.Join(this, user);
            _member.Wake(); // it may have taken all that it was sent before it was known here
            if (!IsOpen)
            {
                Leave(); // it went while it was let in, and nobody would take notice any more
            }
        }
        catch (KinoraException)
        {
            // Nobody can say now. A closed client tries again by itself, a refused one does not.
            Close(EngineClose.Refused);
        }
    }

    private void Take(SocketPacket packet)
    {
        switch (packet.Type)
        {
            case SocketPacketType.Event or SocketPacketType.BinaryEvent when _member is { } member:
                ClientEvents.Hear(member, packet);
                break;
            case SocketPacketType.Disconnect:
                Leave();
                _session.SignInBy = _session.Now + _session.Options.SignInMilliseconds;
                break;
            default:
                break; // an answer, and nothing was asked
        }
    }

    private async ValueTask<bool> StaysAsync(SocketUser user)
    {
        try
        {
            if (await _hub.Access.StillGoodAsync(user, CancellationToken.None))
            {
                return true;
            }

            // Their word for "do not come back by yourself".
            Send(SocketPacket.Disconnect);
        }
        catch (KinoraException)
        {
            // Nobody can say now. It may come back and ask again.
        }
        catch (Exception fault)
        {
            AccessBroke(_hub.Log, fault);
        }

        Close(EngineClose.Refused);
        return false;
    }

    private void Leave()
    {
        _user = null;
        Interlocked.Exchange(ref _member, null)?.Leave();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether a client may stay could not be found out; it is closed")]
    private static partial void AccessBroke(ILogger log, Exception fault);
}
