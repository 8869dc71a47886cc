using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Kinora.Server.Lab;

/// <summary>Faults of JSON answers, to creates and to polls; those that make sense there play on downloads too.</summary>
internal static class AnswerFaults
{
    private static readonly Lazy<byte[]> _bomb = new(Bomb);

    public static readonly LabFault[] All =
    [
        new("latency", LabPlace.All, "waits ARG milliseconds (1000), then goes on", LatencyAsync),
        new("429", LabPlace.All, "429 with Retry-After: ARG seconds (2)", call => TooManyAsync(call, call.Number(2).ToString(CultureInfo.InvariantCulture))),
        new("429_date", LabPlace.All, "429 with Retry-After: a date ARG seconds ahead (2)", call => TooManyAsync(call, call.Desk.Clock.GetUtcNow().AddSeconds(call.Number(2)).ToString("R", CultureInfo.InvariantCulture))),
        new("429_absurd", LabPlace.All, "429 with Retry-After: 99999999999999", call => TooManyAsync(call, "99999999999999")),
        new("429_html", LabPlace.Answers, "429 with a proxy's web page", call => call.SendAsync(429, "text/html", Page("429 Too Many Requests"))),
        new("429_quota", LabPlace.Create, "429 with code insufficient_quota", call => ErrorAsync(call, 429, "insufficient_quota", "You exceeded your current quota.")),
        .. ((int[])[400, 401, 402, 403, 404, 408, 409, 410, 422, 500]).Select(Plain),
        .. ((int[])[502, 503, 504]).Select(Gateway),
        .. ((int[])[500, 502, 503, 504]).Select(AfterAccept),
        new("moderation", LabPlace.Create, "400 with code moderation_blocked", call => ErrorAsync(call, 400, "moderation_blocked", "Your request was blocked by our moderation system.")),
        new("model_not_found", LabPlace.Answers, "404 with code model_not_found", call => ErrorAsync(call, 404, "model_not_found", "The model does not exist.")),
        new("echo_key", LabPlace.Answers, "an error text (400) with your key in many spellings", EchoKeyAsync),
        new("hang", LabPlace.All, "takes the request and never answers", HangAsync),
        new("hang_after_accept", LabPlace.Create, "accepted, then no answer ever", HangAsync, Accepts: true),
        new("reset", LabPlace.All, "cuts the connection before any answer", ResetAsync),
        new("reset_after_accept", LabPlace.Create, "accepted, then cuts the connection", ResetAsync, Accepts: true),
        new("reset_mid_body", LabPlace.Answers, "cuts the connection in the middle of the answer (a create is accepted)", ResetMidBodyAsync, Accepts: true),
        new("half_json", LabPlace.Answers, "200 with half of the JSON, or of the stream (a create is accepted)", call => call.SendAsync(200, call.AnswerType, call.Answer.AsMemory(0, call.Answer.Length / 2)), Accepts: true),
        new("html", LabPlace.Answers, "200 with a web page (a create is accepted)", call => call.SendAsync(200, "text/html", Page("Welcome")), Accepts: true),
        new("empty", LabPlace.Answers, "200 with nothing (a create is accepted)", call => call.SendAsync(200, call.AnswerType, default), Accepts: true),
        new("huge", LabPlace.Answers, "200 with 10 MB of JSON (a create is accepted)", call => call.SendAsync(200, "application/json", Huge("{\"id\":\"video_huge\",\"padding\":\"")), Accepts: true),
        new("huge_error", LabPlace.Answers, "400 with 10 MB of error text", call => call.SendAsync(400, "application/json", Huge("{\"error\":{\"message\":\""))),
        new("gzip_bomb", LabPlace.All, "200, 64 MB packed into 64 kB (a create is accepted)", BombAsync, Accepts: true),
        new("redirect", LabPlace.All, "307 to ARG (http://127.0.0.1:9/)", call => RedirectAsync(call, call.Argument ?? "http://127.0.0.1:9/")),
    ];

    private static LabFault Plain(int status) => new(
        status.ToString(CultureInfo.InvariantCulture), LabPlace.All, $"{status} in the shape's own form", call => ErrorAsync(call, status, "lab_error", $"The lab was asked for a {status}."));

    private static LabFault Gateway(int status) => new(
        status.ToString(CultureInfo.InvariantCulture), LabPlace.All, $"{status} with a gateway's web page", call => call.SendAsync(status, "text/html", Page($"{status} Bad Gateway")));

    private static LabFault AfterAccept(int status) => new(
        $"{status}_after_accept", LabPlace.Create, $"accepted, then {status}", call => ErrorAsync(call, status, "server_error", "Something went wrong."), Accepts: true);

    private static async Task<bool> LatencyAsync(LabCall call)
    {
        await Task.Delay(call.Number(1000), call.Aborted);
        return false;
    }

    private static Task<bool> TooManyAsync(LabCall call, string retryAfter)
    {
        call.Context.Response.Headers.RetryAfter = retryAfter;
        return ErrorAsync(call, 429, "rate_limit_exceeded", "Too many requests.");
    }

    private static Task<bool> ErrorAsync(LabCall call, int status, string code, string message) =>
        call.SendAsync(status, "application/json", Encoding.UTF8.GetBytes(call.Error(status, code, message)));

    private static Task<bool> EchoKeyAsync(LabCall call)
    {
        var key = LabTraffic.KeyOf(call.Context) ?? "";
        var bytes = Encoding.UTF8.GetBytes(key);
        return ErrorAsync(call, 400, "bad_key", string.Join(
            " | ",
            $"Incorrect key {key}",
            Uri.EscapeDataString(key),
            Convert.ToBase64String(bytes),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + key)),
            Convert.ToHexStringLower(bytes),
            key.ToUpperInvariant(),
            string.Join('\u200b', key.ToCharArray()),
            "\u001b[31mred\u001b[0m\r\nsecond line"));
    }

    private static async Task<bool> HangAsync(LabCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, call.Desk.Stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        call.Context.Abort();
        return true;
    }

    private static Task<bool> ResetAsync(LabCall call)
    {
        call.Context.Abort();
        return Task.FromResult(true);
    }

    private static async Task<bool> ResetMidBodyAsync(LabCall call)
    {
        call.Context.Response.ContentType = call.AnswerType;
        call.Context.Response.ContentLength = call.Answer.Length;
        await call.Context.Response.Body.WriteAsync(call.Answer.AsMemory(0, call.Answer.Length / 2), call.Aborted);
        await call.Context.Response.Body.FlushAsync(call.Aborted);
        call.Context.Abort();
        return true;
    }

    private static Task<bool> BombAsync(LabCall call)
    {
        call.Context.Response.Headers.ContentEncoding = "gzip";
        return call.SendAsync(200, call.File is null ? "application/json" : "video/mp4", _bomb.Value);
    }

    private static Task<bool> RedirectAsync(LabCall call, string to)
    {
        call.Context.Response.Headers.Location = to;
        return call.SendAsync(307, "text/plain", default);
    }

    private static byte[] Page(string title) => Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");

    private static byte[] Huge(string start) => [.. Encoding.UTF8.GetBytes(start), .. Enumerable.Repeat((byte)'x', 10 * 1024 * 1024), .. "\"}"u8];

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
