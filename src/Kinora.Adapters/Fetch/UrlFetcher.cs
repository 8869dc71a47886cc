using System.Net;
using Kinora.Adapters.Providers.Http;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.References;

namespace Kinora.Adapters.Fetch;

/// <summary>
/// Fetches callers' addresses: checked as text, then as the address that is connected to, and both again on every redirect. Each request has a connection
/// of its own and carries nothing of ours. A client apart from the providers', so that no key can get here.
/// </summary>
internal sealed class UrlFetcher : IUrlFetcher, IDisposable
{
    private readonly FetchOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    /// <param name="isPublic">But for tests, <see cref="PublicAddress.IsPublic"/>.</param>
    /// <param name="resolve">But for tests, the system's resolver.</param>
    public UrlFetcher(
        FetchOptions options, TimeProvider clock, Func<IPAddress, bool>? isPublic = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _options = options;
        _clock = clock;
        _http = Transports.ForCallers(new GuardedConnect((host, _) => options.Trusts(host), isPublic ?? PublicAddress.IsPublic, resolve));
    }

    /// <summary>
    /// No refusal of a resolved name comes sooner: how fast a resolver answers would tell private names from unknown ones. Nothing was connected to by then,
    /// so that ports tell nothing in any case.
    /// </summary>
    public TimeSpan RefusalFloor { get; init; } = TimeSpan.FromMilliseconds(500);

    public async Task<long> FetchAsync(string url, string outputPath, long maxBytes, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.WallSeconds));
        try
        {
            using var response = await FollowAsync(CallerUrl.Read(url, _options) ?? throw Refused(), limit.Token);
            return await SaveAsync(response, outputPath, maxBytes, limit.Token);
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is full; nothing was sent. Make room and try again.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw Failed(Faults.Describe(fault));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> FollowAsync(Uri url, CancellationToken cancel)
    {
        for (var hop = 0; hop <= _options.MaxRedirects; hop++)
        {
            var response = await SendAsync(url, cancel);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                if (!response.Headers.NonValidated.Contains("Location"))
                {
                    throw Failed("a redirect to nowhere");
                }

                url = CallerUrl.Follow(url, response.Headers.Location?.OriginalString ?? "", _options) ?? throw Refused();
            }
        }

        throw Failed("too many redirects");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationToken cancel)
    {
        var started = _clock.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException fault) when (GuardedConnect.IsRefusal(fault) || GuardedConnect.IsUnknownName(fault))
        {
            var left = RefusalFloor - _clock.GetElapsedTime(started);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock, cancel);
            throw Refused();
        }
    }

    private static async Task<long> SaveAsync(HttpResponseMessage response, string path, long maxBytes, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Failed($"HTTP {(int)response.StatusCode}");
        }

        // Unpacked it could be any size; identity was asked for.
        if (response.Content.Headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw Failed("it came compressed");
        }

        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        await using var from = await response.Content.ReadAsStreamAsync(cancel);
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            total += read;
            if (total > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return total;
    }

    // One text for each code, whatever the cause: the cause would tell about the network behind us. It is for the log.
    private static KinoraException Refused() => new(
        ErrorCodes.UrlRefused, "The address is not fetched: it must be an http or https address of a public host, at a usual port. Send the picture itself instead.");

    private static KinoraException Failed(string why) => new(
        ErrorCodes.UrlFailed, "Nothing could be fetched from the address: no answer in time, an error, or too many redirects. Check it, or send the picture itself.", why);

    private static KinoraException TooLarge(long maxBytes) => new(
        ErrorCodes.ImageTooLarge, FormattableString.Invariant($"The file at the address is larger than {maxBytes / 1048576.0:0.#} MiB, the most that is allowed."));
}
