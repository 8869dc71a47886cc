using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinora.Adapters.Providers.Signatures;

/// <summary>A header <c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 over the time, a mark and the body.</summary>
internal static class TimedSignature
{
    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);

    /// <summary>True when the body is signed with the secret, and was sent within five minutes of now.</summary>
    /// <param name="mark">What stands between time and body.</param>
    public static bool IsSigned(string? header, char mark, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var parts = header?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..] is not { } time
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > _leeway.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes(time + mark), .. body];
        var right = Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return parts.Any(part => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part), right));
    }
}
