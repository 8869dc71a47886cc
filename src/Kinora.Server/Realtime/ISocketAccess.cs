using System.Text.Json;

namespace Kinora.Server.Realtime;

/// <summary>Who may connect, and for how long. Safe for many threads.</summary>
internal interface ISocketAccess
{
    /// <summary>
    /// Who a client is; null: it is refused. <paramref name="auth"/> is the payload of its CONNECT packet, undefined when it sent none;
    /// <paramref name="handshake"/> is the request that brought this packet (the WebSocket's own, or the POST), for a session cookie.
    /// </summary>
    ValueTask<SocketUser?> IdentifyAsync(HttpContext handshake, JsonElement auth, CancellationToken cancel);

    /// <summary>False when what the user came in with has ended or expired, or the user is disabled: the socket is closed. Cheap: asked before every delivery, and every two seconds.</summary>
    ValueTask<bool> StillGoodAsync(SocketUser user, CancellationToken cancel);
}

/// <param name="UserId">The owner of the jobs that are told.</param>
/// <param name="Credential">What <see cref="ISocketAccess"/> knows it by; means nothing here.</param>
internal sealed record SocketUser(string UserId, object Credential);
