using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Providers;
using Kinora.Secrets;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>
/// Tells fal's callbacks from forged ones: Ed25519 over request id, user id, time and the hash of the body, a line each
/// (https://docs.fal.ai/model-apis/model-endpoints/webhooks, read 2026-11-22).
/// </summary>
internal sealed class FalSignatures(PublishedKeys published, TimeProvider clock)
{
    private const string Prefix = "X-Fal-Webhook-";
    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);

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

        var keys = await published.GetAsync(cancel);
        var signed = Encoding.UTF8.GetBytes(string.Join('\n', request, user, time, Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))));
        return keys.Count == 0 || keys.Any(key => Ed25519.Verify(key, signed, signature)) ? new CallbackVerdict.Look() : new CallbackVerdict.Forged();
    }

    private static byte[]? Signature(string? hex)
    {
        var bytes = new byte[Ed25519.SignatureBytes];
        return hex?.Length == 2 * bytes.Length && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }
}
