using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>
/// Secrets and signatures of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (read 2026-11-21).
/// </summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int RandomBytes = 32;

    /// <summary><c>whsec_</c> and 32 random bytes in base64.</summary>
    public static string New(IRandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        random.Fill(bytes);
        return Prefix + Convert.ToBase64String(bytes);
    }

    /// <summary>Header <c>webhook-signature</c>: the signature by each secret. A receiver accepts when any of them is right.</summary>
    /// <param name="timestamp">Unix seconds.</param>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
