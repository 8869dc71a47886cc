using System.Buffers;
using System.IO.Pipelines;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>The one message in the body of a POST.</summary>
internal static class HttpBody
{
    /// <summary>Null after a refusal was written.</summary>
    public static async Task<JsonRpcMessage?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > JsonRpcText.MaxBytes)
        {
            return await TooLongAsync(context);
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException fault) when (fault.StatusCode == 413)
            {
                // The server's own limit, which a body without a declared length may meet first.
                return await TooLongAsync(context);
            }

            if (read.Buffer.Length > JsonRpcText.MaxBytes)
            {
                return await TooLongAsync(context);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var understood = JsonRpcText.TryRead(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), out var message, out var error);
            reader.AdvanceTo(read.Buffer.End);
            if (!understood)
            {
                await HttpReply.WriteAsync(context, 400, error!);
            }

            return message;
        }
    }

    /// <summary>The rest is not read, so the connection cannot serve another request, and the client must know.</summary>
    private static async Task<JsonRpcMessage?> TooLongAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        await HttpReply.WriteAsync(context, 413, JsonRpcText.TooLong());
        return null;
    }
}
