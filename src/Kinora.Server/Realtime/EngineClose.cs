using System.Net.WebSockets;

namespace Kinora.Server.Realtime;

/// <summary>Why a session ended.</summary>
internal enum EngineClose
{
    /// <summary>The client said so, or hung up.</summary>
    ClientLeft,

    /// <summary>What it sent is no Engine.IO or Socket.IO.</summary>
    Malformed,

    /// <summary>It sent more at once than allowed.</summary>
    TooLarge,

    /// <summary>It sent too often, never signed in, or may not stay.</summary>
    Refused,

    /// <summary>It does not read what is sent.</summary>
    TooSlow,

    /// <summary>It did not answer a ping.</summary>
    Silent,

    /// <summary>The server stops.</summary>
    GoingAway,
}

internal static class EngineCloses
{
    /// <summary>Whether there is still somebody to take leave of.</summary>
    public static bool IsGraceful(this EngineClose reason) => reason is not (EngineClose.TooSlow or EngineClose.Silent);

    public static WebSocketCloseStatus Status(this EngineClose reason) => reason switch
    {
        EngineClose.Malformed => WebSocketCloseStatus.ProtocolError,
        EngineClose.TooLarge => WebSocketCloseStatus.MessageTooBig,
        EngineClose.Refused => WebSocketCloseStatus.PolicyViolation,
        EngineClose.GoingAway => WebSocketCloseStatus.EndpointUnavailable,
        _ => WebSocketCloseStatus.NormalClosure,
    };
}
