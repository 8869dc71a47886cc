using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Providers.Http;
using Kinora.Secrets;

namespace Kinora.Adapters.Providers.Signatures;

/// <summary>
/// The keys that somebody publishes as a JSON Web Key Set: fetched when they are first needed, kept for a day. The address may be anybody's, so it is
/// fetched as results are: not at a private address (but the provider's own), without our key, without following redirects.
/// </summary>
internal sealed class PublishedKeys : IDisposable
{
    private const int MaxKeys = 16;

    /// <summary>Of 2048 bits, in base64url.</summary>
    private const int ShortestModulus = 341;

    private const int LargestAnswer = 64 * 1024;

    private readonly Func<WireKey, byte[]?> _read;
    private readonly Uri _address;
    private readonly Endpoint _home;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http;
    private readonly KeptKeys _keys;

    /// <param name="read">The kind that is wanted: <see cref="Ed25519Of"/> or <see cref="RsaOf"/>.</param>
    public PublishedKeys(Uri address, Endpoint home, TimeProvider clock, TimeSpan patience, Func<WireKey, byte[]?> read)
    {
        (_read, _address, _home, _patience) = (read, address, home, patience);
        _http = Transports.ForFiles(new GuardedConnect(home.IsAt, PublicAddress.IsPublicTranslated));
        _keys = new KeptKeys(FetchAsync, clock);
    }

    /// <summary>The public key itself; null when it is another kind of key.</summary>
    public static byte[]? Ed25519Of(WireKey key)
    {
        var bytes = new byte[Ed25519.KeyBytes];
        return key is { X.Length: <= 64, Kty: null or "OKP", Crv: null or "Ed25519" } && Base64Url.TryDecodeFromChars(key.X, bytes, out var length) && length == bytes.Length ? bytes : null;
    }

    /// <summary>A key for RS256 as PKCS #1 writes it; null when it is another kind of key, or too short to prove anything.</summary>
    public static byte[]? RsaOf(WireKey key)
    {
        if (key is not { Kty: "RSA", N.Length: >= ShortestModulus and <= 2_048, E.Length: > 0 and <= 16, Alg: null or "RS256" } || !Base64Url.IsValid(key.N) || !Base64Url.IsValid(key.E))
        {
            return null;
        }

        try
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.N), Exponent = Base64Url.DecodeFromChars(key.E) });
            return rsa.ExportRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
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
            return reply.IsSuccess && reply.Read(JwksJson.Default.WireKeys)?.Keys is { } keys ? [.. keys.Select(key => key is null ? null : _read(key)).OfType<byte[]>().Take(MaxKeys)] : [];
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return [];
        }
    }
}

internal sealed record WireKeys(IReadOnlyList<WireKey>? Keys);

/// <summary>A key of a JSON Web Key Set, base64url: <c>x</c> of Ed25519 (RFC 8037), <c>n</c> and <c>e</c> of RSA (RFC 7518, 6.3.1).</summary>
internal sealed record WireKey(string? X, string? Kty, string? Crv, string? N, string? E, string? Alg);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireKeys))]
internal sealed partial class JwksJson : JsonSerializerContext;
