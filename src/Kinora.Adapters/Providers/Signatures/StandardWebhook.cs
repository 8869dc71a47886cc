using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Signatures;

/// <summary>
/// Callbacks signed as Standard Webhooks: HMAC-SHA256 over id, time and body
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read 2026-11-21).
/// </summary>
internal static class StandardWebhook
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";
    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);

    /// <summary>The key in a secret as vendors write it; null when it is none.</summary>
    public static byte[]? KeyOf(string? secret)
    {
        var text = secret?.StartsWith(Prefix, StringComparison.Ordinal) == true ? secret[Prefix.Length..] : secret;
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    /// <summary>True when the call is signed with the key, and was sent within five minutes of now.</summary>
    public static bool IsSigned(CallbackMessage message, ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        if (!message.Headers.TryGetValue("webhook-id", out var id) || !message.Headers.TryGetValue("webhook-timestamp", out var time)
            || !message.Headers.TryGetValue("webhook-signature", out var signatures)
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > _leeway.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. message.Body.Span];
        var right = Encoding.ASCII.GetBytes(Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        return signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), right));
    }
}
