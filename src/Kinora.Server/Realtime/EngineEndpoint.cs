using System.Buffers;
using System.Text.Json;
using Kinora.Server.Security;

namespace Kinora.Server.Realtime;

/// <summary>
/// Engine.IO 4 at one path (https://github.com/socketio/engine.io-protocol, read 2026-11): guard, form of the request, then a new session or the transport of
/// one that is there.
/// </summary>
internal sealed class EngineEndpoint(EngineSessions sessions, HostGuard guard, Func<EngineSession, IEngineHandler> handler)
{
    private static readonly string[] Upgrades = ["websocket"];

    public void Map(IEndpointRouteBuilder app, string path) => app.Map(path, HandleAsync);

    private Task HandleAsync(HttpContext context)
    {
        if (!guard.Allows(context.Request))
        {
            return EngineError.Forbidden.WriteAsync(context.Response);
        }

        AllowOrigin(context);
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Method == "OPTIONS")
        {
            return PreflightAsync(context);
        }

        var query = EngineQuery.Read(context.Request);
        return query.Transport is not ("polling" or "websocket")
            ? EngineError.UnknownTransport.WriteAsync(context.Response)
            : query.Sid.Length > 0 ? GoOnAsync(context, query)
            : BeginAsync(context, query);
    }

    private Task BeginAsync(HttpContext context, EngineQuery query)
    {
        var refused = context.Request.Method != "GET" ? EngineError.BadHandshakeMethod
            : context.WebSockets.IsWebSocketRequest != query.IsWebSocket ? EngineError.BadRequest
            : query.Version != "4" ? EngineError.UnsupportedVersion
            : null;
        if (refused is null && sessions.TryOpen(context.Connection.RemoteIpAddress, handler, out var session, out refused))
        {
            var open = OpenPacket(session, upgrades: !query.IsWebSocket);
            return query.IsWebSocket ? new WebSocketTransport(context, session).ServeAsync(open) : PollingTransport.WriteAsync(context.Response, [open], context.RequestAborted);
        }

        return refused!.WriteAsync(context.Response);
    }

    private Task GoOnAsync(HttpContext context, EngineQuery query)
    {
        if (sessions.Find(query.Sid) is not { } session)
        {
            return EngineError.UnknownSid.WriteAsync(context.Response);
        }

        if (context.WebSockets.IsWebSocketRequest != query.IsWebSocket || query.Version != "4")
        {
            return EngineError.BadRequest.WriteAsync(context.Response);
        }

        if (query.IsWebSocket)
        {
            var transport = new WebSocketTransport(context, session);
            return session.TryProbe(transport) ? transport.UpgradeAsync() : EngineError.BadRequest.WriteAsync(context.Response);
        }

        return context.Request.Method switch
        {
            "GET" => PollingTransport.GetAsync(context, session),
            "POST" => PollingTransport.PostAsync(context, session),
            _ => EngineError.BadRequest.WriteAsync(context.Response),
        };
    }

    /// <summary>Pages of another origin may read the answers if the guard lets them in. Never with cookies: those are for our own pages.</summary>
    private static void AllowOrigin(HttpContext context)
    {
        if (context.Request.Headers.Origin is { Count: 1 } origin)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
        }
    }

    private static Task PreflightAsync(HttpContext context)
    {
        context.Response.StatusCode = 204;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders = "content-type";
        context.Response.Headers.AccessControlMaxAge = "600";
        return Task.CompletedTask;
    }

    private static byte[] OpenPacket(EngineSession session, bool upgrades)
    {
        var packet = new ArrayBufferWriter<byte>(160);
        packet.Write("0"u8);
        using var json = new Utf8JsonWriter(packet);
        json.WriteStartObject();
        json.WriteString("sid", session.Id);
        json.WriteStartArray("upgrades");
        foreach (var upgrade in upgrades ? Upgrades : [])
        {
            json.WriteStringValue(upgrade);
        }

        json.WriteEndArray();
        json.WriteNumber("pingInterval", session.Options.PingIntervalMilliseconds);
        json.WriteNumber("pingTimeout", session.Options.PingTimeoutMilliseconds);
        json.WriteNumber("maxPayload", session.Options.MaxPayloadBytes);
        json.WriteEndObject();
        json.Flush();
        return packet.WrittenSpan.ToArray();
    }
}
