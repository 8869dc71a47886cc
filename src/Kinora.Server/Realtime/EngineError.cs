using System.Buffers;
using System.Text.Json;

namespace Kinora.Server.Realtime;

/// <summary>Refusals of a request, with the codes and words that engine.io's own server has (package engine.io 6.6, read 2026-11).</summary>
internal sealed record EngineError(int Status, int Code, string Message)
{
    public static readonly EngineError UnknownTransport = new(400, 0, "Transport unknown");
    public static readonly EngineError UnknownSid = new(400, 1, "Session ID unknown");
    public static readonly EngineError BadHandshakeMethod = new(400, 2, "Bad handshake method");
    public static readonly EngineError BadRequest = new(400, 3, "Bad request");
    public static readonly EngineError Forbidden = new(403, 4, "Forbidden");
    public static readonly EngineError UnsupportedVersion = new(400, 5, "Unsupported protocol version");

    // Theirs has no limits; 3 is what their clients know for a request that was not liked.
    public static readonly EngineError PayloadTooLarge = new(413, 3, "Payload too large");
    public static readonly EngineError TooManyFromAddress = new(429, 3, "Too many connections from this address");
    public static readonly EngineError TooMany = new(503, 3, "Too many connections");

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        var body = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("code", Code);
            json.WriteString("message", Message);
            json.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        return response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted).AsTask();
    }
}
