using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Providers.Http;
using Kinora.Webhooks;

namespace Kinora.Adapters.Webhooks;

/// <summary>
/// Sends webhooks: the address is checked as text, then as what is connected to. A client of its own, with a connection for each message, so that nothing of
/// ours and nothing of another receiver gets along.
/// </summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    /// <summary>How much of an answer is looked at, in bytes.</summary>
    private const int AnswerCap = 4096;

    private const int LongestError = 200;

    // One text for both: which of them it is would tell about the names in the network behind us.
    private const string Refused = "Its address is not that of a public host, or its name is not known.";

    private readonly FetchOptions _rules;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly Func<IPAddress, bool> _isPublic;
    private readonly Redactor _redactor = new(null);
    private readonly HttpClient _http;

    /// <param name="isPublic">But for tests, <see cref="PublicAddress.IsPublic"/>.</param>
    /// <param name="resolve">But for tests, the system's resolver.</param>
    public WebhookSender(
        WebhookOptions options, TimeProvider clock, Func<IPAddress, bool>? isPublic = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _rules = Rules(options);
        _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        _clock = clock;
        _isPublic = isPublic ?? PublicAddress.IsPublic;
        _http = Transports.ForCallers(new GuardedConnect((host, _) => _rules.Trusts(host), _isPublic, resolve));
    }

    /// <summary>As <see cref="UrlFetcher.RefusalFloor"/>: an owner can see when a try ended.</summary>
    public TimeSpan RefusalFloor { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What addresses of webhooks may look like.</summary>
    public static FetchOptions Rules(WebhookOptions options) => new() { PrivateHosts = options.TrustedHosts, Ports = options.Ports };

    public bool Accepts(string url) => Read(url) is not null;

    public async Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancel)
    {
        if (Read(message.Url) is not { } url)
        {
            return new WebhookAnswer(null, Refused);
        }

        var started = _clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timeout);
        try
        {
            using var request = Request(message, url);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.IsSuccessStatusCode
                ? new WebhookAnswer((int)response.StatusCode, null)
                : new WebhookAnswer((int)response.StatusCode, await SayAsync(response, limit.Token), RetryAfter.Read(response.Headers, _clock));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            if (!GuardedConnect.IsRefusal(fault) && !GuardedConnect.IsUnknownName(fault))
            {
                return new WebhookAnswer(null, Sentence(Faults.Describe(fault)));
            }

            var left = RefusalFloor - _clock.GetElapsedTime(started);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock, cancel);
            return new WebhookAnswer(null, Refused);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null for what nothing is ever sent to. Names are looked up when something is sent, and then each time.</summary>
    private Uri? Read(string text) =>
        CallerUrl.Read(text, _rules) is { } url
            && (AsciiHost.Of(url) is not { } host || !IPAddress.TryParse(host, out var address) || _isPublic(address) || _rules.Trusts(host))
            ? url
            : null;

    private static HttpRequestMessage Request(WebhookMessage message, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", message.Timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", message.Signature);
        return request;
    }

    private async Task<string> SayAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var code = (int)response.StatusCode;
        if (code is >= 300 and < 400)
        {
            return string.Create(CultureInfo.InvariantCulture, $"HTTP {code}: a redirect, which is not followed.");
        }

        var words = "";
        try
        {
            var reply = await ApiReply.ReadAsync(response, AnswerCap, cancel);
            words = reply.IsPage ? "a web page" : _redactor.Clean(Encoding.UTF8.GetString(reply.Body));
        }
        catch (OperationCanceledException)
        {
            // The status is an answer without any words.
        }

        var text = words.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"HTTP {code}: {words}") : string.Create(CultureInfo.InvariantCulture, $"HTTP {code}");
        return text.Length <= LongestError ? text : text[..(char.IsHighSurrogate(text[LongestError - 2]) ? LongestError - 2 : LongestError - 1)] + "…";
    }

    private static string Sentence(string fault) => string.Concat(char.ToUpperInvariant(fault[0]).ToString(), fault.AsSpan(1), ".");
}
