using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>
/// Tells fal's callbacks from forged ones: Ed25519 over request id, user id, time and the hash of the body, a line each, by keys that fal publishes. These are
/// fetched when the first call comes, and kept for a day as fal allows (https://docs.fal.ai/model-apis/model-endpoints/webhooks, read 2026-11-22).
/// </summary>
internal sealed class FalSignatures(Uri address, Endpoint home, TimeProvider clock, TimeSpan patience) : IDisposable
{
    private const string Prefix = "X-Fal-Webhook-";
    private const int MaxKeys = 16;
    private const int LargestAnswer = 64 * 1024;
    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan _freshFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan _againAfterNothing = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = Transports.ForFiles(new GuardedConnect(home.IsAt, PublicAddress.IsPublicTranslated));
    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<byte[]> _keys = [];
    private DateTimeOffset _askAgain = DateTimeOffset.MinValue;

    /// <summary>Without any key to be had nothing is known about a call: it counts as one to look for, which does no harm.</summary>
    public async Task<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel)
    {
        string? Header(string name) => message.Headers.TryGetValue(Prefix + name, out var value) ? value : null;

        if (Header("Request-Id") is not { } request || Header("User-Id") is not { } user || Header("Timestamp") is not { } time
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - (double)seconds) > _leeway.TotalSeconds
            || Signature(Header("Signature")) is not { } signature)
        {
            return new CallbackVerdict.Forged();
        }

        var keys = await KeysAsync(cancel);
        var signed = Encoding.UTF8.GetBytes(string.Join('\n', request, user, time, Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))));
        return keys.Count == 0 || keys.Any(key => Ed25519.Verify(key, signed, signature)) ? new CallbackVerdict.Look() : new CallbackVerdict.Forged();
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    private static byte[]? Signature(string? hex)
    {
        var bytes = new byte[Ed25519.SignatureBytes];
        return hex?.Length == 2 * bytes.Length && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    // Calls that come meanwhile wait for the same answer. Old keys are better than none.
    private async Task<IReadOnlyList<byte[]>> KeysAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (clock.GetUtcNow() >= _askAgain)
            {
                var keys = await FetchAsync(cancel);
                _keys = keys.Count > 0 ? keys : _keys;
                _askAgain = clock.GetUtcNow() + (keys.Count > 0 ? _freshFor : _againAfterNothing);
            }

            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<IReadOnlyList<byte[]>> FetchAsync(CancellationToken cancel)
    {
        if (address.Scheme != Uri.UriSchemeHttps && home.BaseUrl.Scheme == Uri.UriSchemeHttps)
        {
            return [];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };
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
        return key is { X.Length: <= 64, Kty: null or "OKP", Crv: null or "Ed25519" } && System.Buffers.Text.Base64Url.TryDecodeFromChars(key.X, bytes, out var length) && length == bytes.Length ? bytes : null;
    }
}

internal sealed record WireKeys(IReadOnlyList<WireKey>? Keys);

/// <summary>A key of a JSON Web Key Set (RFC 8037): <c>x</c> is the public key, base64url.</summary>
internal sealed record WireKey(string? X, string? Kty, string? Crv);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireKeys))]
internal sealed partial class JwksJson : JsonSerializerContext;
