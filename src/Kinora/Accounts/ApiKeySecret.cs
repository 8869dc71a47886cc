using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>The form of a secret: <c>kin_</c> and 32 random bytes in base64url. So many bits need no salt and no slow hash.</summary>
internal static class ApiKeySecret
{
    public const string Prefix = "kin_";

    private const int RandomBytes = 32;

    private static readonly int _length = Prefix.Length + Base64Url.GetEncodedLength(RandomBytes);
    private static readonly SearchValues<char> _digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string New(IRandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        random.Fill(bytes);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what can be no key of ours.</summary>
    public static bool HasForm(string? text) =>
        text is not null && text.Length == _length && text.StartsWith(Prefix, StringComparison.Ordinal) && !text.AsSpan(Prefix.Length).ContainsAnyExcept(_digits);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
