using System.Security.Cryptography;

namespace Kinora.Adapters.Secrets;

/// <summary>Keys as text: 32 bytes in base64.</summary>
internal static class SecretKey
{
    public const int Bytes = 32;

    /// <summary>Null when the text is no key.</summary>
    public static byte[]? Parse(string text)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Bytes ? key : null;
    }

    /// <summary>What tells keys apart without telling anything about them.</summary>
    public static string Name(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
}
