using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>Refusals of the HTTP transport: a JSON-RPC error with the fitting HTTP status, before any stream began.</summary>
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
}
