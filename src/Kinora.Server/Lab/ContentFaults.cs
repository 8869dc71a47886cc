using System.Text;

namespace Kinora.Server.Lab;

/// <summary>Faults of downloads.</summary>
internal static class ContentFaults
{
    private const string JsonError = "{\"error\":{\"message\":\"The video is not available.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}";

    public static readonly LabFault[] All =
    [
        new("expired", LabPlace.Content, "403 with a store's XML: the link has expired", call => call.SendAsync(403, "application/xml", "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"u8.ToArray())),
        new("truncated", LabPlace.Content, "promises the whole, cuts the connection after 60 %", call => PartAsync(call, declared: call.File!.Length, sent: call.File.Length * 6 / 10)),
        new("cut", LabPlace.Content, "an honest length, but only 60 % of the file", call => PartAsync(call, declared: call.File!.Length * 6 / 10, sent: call.File.Length * 6 / 10)),
        new("no_length", LabPlace.Content, "the whole file without a length", call => PartAsync(call, declared: null, sent: call.File!.Length)),
        new("slow", LabPlace.Content, "ARG bytes a second (1000)", SlowAsync),
        new("stall", LabPlace.Content, "99 %, then nothing", StallAsync),
        new("endless", LabPlace.Content, "a video that never ends", EndlessAsync),
        new("wrong_type", LabPlace.Content, "the video, under the type ARG (text/html)", call => PartAsync(call, call.File!.Length, call.File.Length, call.Argument ?? "text/html")),
        new("html", LabPlace.Content, "200 with a web page", call => call.SendAsync(200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"u8.ToArray())),
        new("json", LabPlace.Content, "200 with a JSON error", call => call.SendAsync(200, "application/json", Encoding.UTF8.GetBytes(JsonError))),
        new("json_as_video", LabPlace.Content, "200 with a JSON error under the type of the result", call => call.SendAsync(200, call.File!.Type, Encoding.UTF8.GetBytes(JsonError))),
        new("garbage", LabPlace.Content, "200 with 64 kB of noise under the type of the result", call => call.SendAsync(200, call.File!.Type, Noise())),
        new("range_ignored", LabPlace.Content, "the whole file, whatever range was asked for", call => PartAsync(call, call.File!.Length, call.File.Length)),
        new("range_wrong", LabPlace.Content, "206 with the first half, whatever range was asked for", RangeWrongAsync),
        new("changed", LabPlace.Content, "another file under another tag each time", ChangedAsync),
        new("redirect_loopback", LabPlace.Content, "to http://127.0.0.1:9/", call => RedirectAsync(call, "http://127.0.0.1:9/video.mp4")),
        new("redirect_metadata", LabPlace.Content, "to http://169.254.169.254/", call => RedirectAsync(call, "http://169.254.169.254/latest/meta-data/")),
        new("redirect_ipv6", LabPlace.Content, "to http://[::1]:9/", call => RedirectAsync(call, "http://[::1]:9/video.mp4")),
        new("redirect_mapped", LabPlace.Content, "to http://[::ffff:10.0.0.1]/", call => RedirectAsync(call, "http://[::ffff:10.0.0.1]/video.mp4")),
        new("redirect_file", LabPlace.Content, "to file:///etc/passwd", call => RedirectAsync(call, "file:///etc/passwd")),
        new("redirect_loop", LabPlace.Content, "to itself", call => RedirectAsync(call, call.Context.Request.Path + call.Context.Request.QueryString)),
    ];

    private static async Task<bool> PartAsync(LabCall call, long? declared, long sent, string? type = null)
    {
        var response = call.Context.Response;
        response.ContentType = type ?? call.File!.Type;
        response.ContentLength = declared;
        response.Headers.ETag = call.File!.Tag;
        await call.File.CopyAsync(response.Body, 0, sent, call.Aborted);
        // Less than declared: the server closes the connection behind it.
        return true;
    }

    private static async Task<bool> SlowAsync(LabCall call)
    {
        var response = call.Context.Response;
        var tenth = Math.Max(1, call.Number(1000) / 10);
        response.ContentType = call.File!.Type;
        response.ContentLength = call.File.Length;
        for (var at = 0L; at < call.File.Length; at += tenth)
        {
            await call.File.CopyAsync(response.Body, at, Math.Min(tenth, call.File.Length - at), call.Aborted);
            await response.Body.FlushAsync(call.Aborted);
            await Task.Delay(100, call.Aborted);
        }

        return true;
    }

    private static async Task<bool> StallAsync(LabCall call)
    {
        var response = call.Context.Response;
        response.ContentType = call.File!.Type;
        response.ContentLength = call.File.Length;
        await call.File.CopyAsync(response.Body, 0, call.File.Length * 99 / 100, call.Aborted);
        await response.Body.FlushAsync(call.Aborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, call.Desk.Stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        call.Context.Abort();
        return true;
    }

    private static async Task<bool> EndlessAsync(LabCall call)
    {
        var response = call.Context.Response;
        response.ContentType = call.File!.Type;
        await call.File.CopyAsync(response.Body, 0, call.File.Length, call.Aborted);
        var zeros = new byte[64 * 1024];
        while (!call.Aborted.IsCancellationRequested && !call.Desk.Stopping.IsCancellationRequested)
        {
            await response.Body.WriteAsync(zeros, call.Aborted);
        }

        return true;
    }

    private static async Task<bool> RangeWrongAsync(LabCall call)
    {
        if (call.Context.Request.Headers.Range.Count == 0)
        {
            return false;
        }

        call.Context.Response.StatusCode = StatusCodes.Status206PartialContent;
        call.Context.Response.Headers.ContentRange = $"bytes 0-{(call.File!.Length / 2) - 1}/{call.File.Length}";
        return await PartAsync(call, call.File.Length / 2, call.File.Length / 2);
    }

    private static async Task<bool> ChangedAsync(LabCall call)
    {
        await LabContent.SendAsync(call.Context, new LabFile(Noise(), null, Guid.NewGuid().ToString("N")));
        return true;
    }

    private static async Task<bool> RedirectAsync(LabCall call, string to)
    {
        call.Context.Response.Headers.Location = to;
        return await call.SendAsync(302, "text/plain", default);
    }

    private static byte[] Noise()
    {
        var bytes = new byte[64 * 1024];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
