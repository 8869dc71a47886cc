using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using Kinora.Adapters.Fetch;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Opens results. Follows redirects by hand and checks every hop; the key stays at home.</summary>
internal sealed class FileFetcher : IDisposable
{
    private const int MaxRedirects = 3;

    private readonly string _name;
    private readonly Endpoint _endpoint;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _openTimeout;
    private readonly HttpClient _files;

    /// <param name="openTimeout">How long an answer's head may take. The body has no limit here: the engine watches it.</param>
    public FileFetcher(string name, Endpoint endpoint, TimeProvider clock, TimeSpan openTimeout, Func<IPAddress, bool>? isPublic = null)
    {
        _name = name;
        _endpoint = endpoint;
        _clock = clock;
        _openTimeout = openTimeout;
        _files = Transports.ForFiles(new GuardedConnect(endpoint.IsAt, isPublic ?? PublicAddress.IsPublicTranslated));
    }

    /// <summary>Opens <paramref name="link"/> from <paramref name="offset"/> on, or from the start where the server cannot or the file has changed.</summary>
    /// <param name="tag">The tag of the part that is here already; null when not known.</param>
    /// <param name="withKey">False: not even a link that leads home gets the key.</param>
    public async Task<OpenOutcome> OpenAsync(string link, long offset, string? tag, CancellationToken cancel, bool withKey = true)
    {
        _ = Uri.TryCreate(link, UriKind.Absolute, out var url);
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (url is null || AsciiHost.Of(url) is null)
            {
                return new OpenOutcome.Refused($"{_name} gave a link that is none.");
            }

            if (!IsAllowedScheme(url))
            {
                return new OpenOutcome.Refused($"{_name} gave a link of a kind that is not fetched ({url.Scheme}).");
            }

            withKey &= _endpoint.IsHome(url);
            var (response, fault) = await SendAsync(url, withKey, offset, tag, cancel);
            if (response is null)
            {
                return fault!;
            }

            if (response.Headers.Location is not { } next || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return await ReadHeadAsync(response, url, withKey, offset, cancel);
            }

            response.Dispose();
            _ = Uri.TryCreate(url, next, out url);
        }

        return new OpenOutcome.Refused($"{_name} sent the download round in circles.");
    }

    public void Dispose() => _files.Dispose();

    private bool IsAllowedScheme(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && _endpoint.BaseUrl.Scheme == Uri.UriSchemeHttp);

    private async Task<(HttpResponseMessage? Response, OpenOutcome? Fault)> SendAsync(Uri url, bool withKey, long offset, string? tag, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (withKey)
        {
            _endpoint.Authorize(request);
        }

        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            if (EntityTagHeaderValue.TryParse(tag, out var known) && !known.IsWeak)
            {
                request.Headers.IfRange = new RangeConditionHeaderValue(known);
            }
        }

        using var timeout = new CancellationTokenSource(_openTimeout, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return (await _files.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return (null, GuardedConnect.IsRefusal(fault)
                ? new OpenOutcome.Refused($"{_name} pointed the download at a private address.")
                : new OpenOutcome.Unreachable($"The result of {_name} could not be fetched: {Faults.Describe(fault)}."));
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "the opened body keeps the response; every other way out disposes it")]
    private async Task<OpenOutcome> ReadHeadAsync(HttpResponseMessage response, Uri url, bool withKey, long offset, CancellationToken cancel)
    {
        var code = (int)response.StatusCode;
        if (code is 200 or 206 && Unfit(response) is { } unfit)
        {
            response.Dispose();
            return unfit;
        }

        var length = response.Content.Headers.ContentLength;
        var tag = response.Headers.ETag?.ToString();
        switch (code)
        {
            case 200:
                return new OpenOutcome.Opened(await response.Content.ReadAsStreamAsync(cancel), 0, length, tag);
            case 206 when offset > 0 && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } range && from == offset:
                return new OpenOutcome.Opened(await response.Content.ReadAsStreamAsync(cancel), offset, range.Length, tag);
        }

        var wait = RetryAfter.Read(response.Headers, _clock);
        response.Dispose();
        switch (code)
        {
            // A wrong or impossible range: only a fresh start gives bytes that surely belong together.
            case 206 or 416 when offset > 0:
                var (again, fault) = await SendAsync(url, withKey, 0, null, cancel);
                return again is null ? fault! : await ReadHeadAsync(again, url, withKey, 0, cancel);
            case 403 or 404 or 410:
                return new OpenOutcome.Gone($"The result is no longer at {_name} (HTTP {code}).");
            default:
                return new OpenOutcome.Unreachable($"{_name} did not give the result (HTTP {code}).", wait);
        }
    }

    // JSON is an API saying "not now"; a page is a sign-in or a gateway's. The engine asks a few times more after a refusal, so a passing page does no harm.
    private OpenOutcome? Unfit(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "";
        if (response.Content.Headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return new OpenOutcome.Refused($"{_name} sent the result compressed, which nobody asked for.");
        }

        return type switch
        {
            "application/json" or "application/problem+json" => new OpenOutcome.Unreachable($"{_name} gave JSON where the result should be."),
            "text/html" => new OpenOutcome.Refused($"{_name} gave a web page where the result should be."),
            _ => null,
        };
    }
}
