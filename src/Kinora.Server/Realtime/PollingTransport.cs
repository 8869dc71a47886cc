using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Kinora.Server.Realtime;

/// <summary>HTTP long polling: a GET waits for packets, a POST brings them.</summary>
internal static class PollingTransport
{
    private static readonly byte[] Ok = "ok"u8.ToArray();

    public static async Task GetAsync(HttpContext context, EngineSession session)
    {
        if (session.Outbox.BeginPoll() is not { } ready)
        {
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        var last = false;
        try
        {
            await ready.WaitAsync(context.RequestAborted);
            await WriteAsync(context.Response, session.Outbox.EndPoll(out last), context.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // What it was to get is lost or may be, so the session cannot go on.
            session.Close(EngineClose.ClientLeft);
        }

        if (last)
        {
            session.Gone();
        }
    }

    public static async Task PostAsync(HttpContext context, EngineSession session)
    {
        if (!session.BeginPost())
        {
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        var body = new PooledBuffer();
        try
        {
            if (!await TryReadAsync(context, session.MaxPayload, body))
            {
                session.Close(EngineClose.TooLarge);
                context.Response.Headers.Connection = "close"; // the rest is not read
                await EngineError.PayloadTooLarge.WriteAsync(context.Response);
            }
            else if (EnginePayload.Read(body.Written, session.Options.MaxPacketsPerBody) is not { } packets)
            {
                session.Close(EngineClose.Malformed);
                await EngineError.BadRequest.WriteAsync(context.Response);
            }
            else
            {
                foreach (var packet in packets)
                {
                    await session.HandleAsync(packet, context);
                }

                await WriteAsync(context.Response, [Ok], context.RequestAborted);
            }
        }
        finally
        {
            body.Clear();
            session.EndPost();
        }
    }

    public static async Task WriteAsync(HttpResponse response, List<byte[]> packets, CancellationToken cancel)
    {
        response.ContentType = "text/plain; charset=UTF-8";
        response.ContentLength = EnginePayload.LengthOf(packets);
        for (var i = 0; i < packets.Count; i++)
        {
            if (i > 0)
            {
                response.BodyWriter.Write([EnginePayload.Separator]);
            }

            response.BodyWriter.Write(packets[i]);
        }

        await response.BodyWriter.FlushAsync(cancel);
    }

    /// <summary>Reads the whole body; false when it is too large. Memory follows what has come, not what was announced.</summary>
    private static async Task<bool> TryReadAsync(HttpContext context, int most, PooledBuffer body)
    {
        if (context.Request.ContentLength > most)
        {
            return false;
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null; // counted here
        while (body.Length <= most && await context.Request.Body.ReadAsync(body.Free(), context.RequestAborted) is var read and > 0)
        {
            body.Advance(read);
        }

        return body.Length <= most;
    }
}
