using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>How answers of the HTTP transport begin and end. A refusal is a JSON-RPC error with the fitting HTTP status, before any stream began.</summary>
internal static class HttpReply
{
    public static Task ErrorAsync(HttpContext context, int status, int code, string text, RequestId id = default, object? data = null) =>
        WriteAsync(context, status, new JsonRpcError { Id = id, Error = new JsonRpcErrorDetail { Code = code, Message = text, Data = data } });

    public static async Task WriteAsync(HttpContext context, int status, JsonRpcError error)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error, JsonRpcText.TypeInfo), context.RequestAborted);
    }

    /// <summary>Before the first byte: an error that comes at once gets its HTTP status, everything else begins a stream.</summary>
    public static ValueTask StartAsync(HttpContext context, JsonRpcMessage? first)
    {
        var response = context.Response;
        response.StatusCode = first is JsonRpcError { Error.Code: var code }
            ? code switch { -32601 => 404, -32020 or -32021 or -32022 => 400, _ => 200 }
            : 200;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return ValueTask.CompletedTask;
    }

    /// <summary>After the message was served: one that needs no answer is accepted.</summary>
    public static void Finish(HttpContext context, bool wrote)
    {
        if (!wrote)
        {
            context.Response.StatusCode = 202;
        }
    }
}
