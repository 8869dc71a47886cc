using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Providers.Http;
using Kinora.Secrets;

namespace Kinora.Adapters.Providers.Signatures;

/// <summary>
/// The Ed25519 keys that somebody publishes as a JSON Web Key Set: fetched when they are first needed, kept for a day. The address may be anybody's, so it is
/// fetched as results are: not at a private address (but the provider's own), without our key, without following redirects.
/// </summary>
internal sealed class PublishedKeys : IDisposable
{
    private const int MaxKeys = 16;
    private const int LargestAnswer = 64 * 1024;

    private readonly Uri _address;
    private readonly Endpoint _home;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http;
    private readonly KeptKeys _keys;

    public PublishedKeys(Uri address, Endpoint home, TimeProvider clock, TimeSpan patience)
    {
        (_address, _home, _patience) = (address, home, patience);
        _http = Transports.ForFiles(new GuardedConnect(home.IsAt, PublicAddress.IsPublicTranslated));
        _keys = new KeptKeys(FetchAsync, clock);
    }

    /// <summary>Empty when none could be had so far.</summary>
    public Task<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancel) => _keys.GetAsync(cancel);

    public void Dispose()
    {
        _http.Dispose();
        _keys.Dispose();
    }

    private async Task<IReadOnlyList<byte[]>> FetchAsync(CancellationToken cancel)
    {
        if (_address.Scheme != Uri.UriSchemeHttps && _home.BaseUrl.Scheme == Uri.UriSchemeHttps)
        {
            return [];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, _address) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var reply = await ApiReply.ReadAsync(response, LargestAnswer, limit.Token);
            return reply.IsSuccess && reply.Read(JwksJson.Default.WireKeys)?.Keys is { } keys ? [.. keys.Select(Read).OfType<byte[]>().Take(MaxKeys)] : [];
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return [];
        }
    }

    private static byte[]? Read(WireKey key)
    {
        var bytes = new byte[Ed25519.KeyBytes];
        return key is { X.Length: <= 64, Kty: null or "OKP", Crv: null or "Ed25519" } && Base64Url.TryDecodeFromChars(key.X, bytes, out var length) && length == bytes.Length ? bytes : null;
    }
}

internal sealed record WireKeys(IReadOnlyList<WireKey>? Keys);

/// <summary>A key of a JSON Web Key Set (RFC 8037): <c>x</c> is the public key, base64url.</summary>
internal sealed record WireKey(string? X, string? Kty, string? Crv);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireKeys))]
internal sealed partial class JwksJson : JsonSerializerContext;
