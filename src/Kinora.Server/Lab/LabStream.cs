using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab;

/// <summary>Server-sent events (WHATWG HTML, 9.2): each JSON object under the name that is its <c>type</c>.</summary>
internal static class LabStream
{
    public const string Type = "text/event-stream";

    /// <summary>Sends each event as soon as it is made.</summary>
    public static async Task SendAsync(HttpContext context, IAsyncEnumerable<JsonObject> events)
    {
        context.Response.ContentType = Type;
        context.Response.Headers.CacheControl = "no-cache";
        await foreach (var one in events)
        {
            await context.Response.Body.WriteAsync(Bytes(one), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>All that would be sent.</summary>
    public static async Task<byte[]> BytesAsync(IAsyncEnumerable<JsonObject> events)
    {
        using var whole = new MemoryStream();
        await foreach (var one in events)
        {
            whole.Write(Bytes(one));
        }

        return whole.ToArray();
    }

    private static byte[] Bytes(JsonObject one) => Encoding.UTF8.GetBytes($"event: {one["type"]}\ndata: {one.ToJsonString()}\n\n");
}
