using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kinora.Server.Security;

/// <summary>
/// Compact JWS with HMAC-SHA256 (RFC 7515, RFC 7518 section 3.2), and nothing else: the algorithm is fixed here. What a header says can only get its token
/// refused; it never chooses a key or an algorithm, and nothing in it is fetched.
/// </summary>
internal static class Hs256
{
    /// <summary>Characters of the longest token that is looked at; ours have about 350.</summary>
    private const int Longest = 2_048;

    private static readonly string _header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private static readonly SearchValues<char> _digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static string Sign(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key)
    {
        var signed = $"{_header}.{Encode(payload)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The payload of a token that one of the keys has signed; false for everything else, without a reason.</summary>
    public static bool TryOpen(string token, IEnumerable<byte[]> keys, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (token.Length > Longest || token.Split('.') is not [var header, var body, var signature] || Decode(signature) is not { Length: HMACSHA256.HashSizeInBytes } mac)
        {
            return false;
        }

        var signed = Encoding.ASCII.GetBytes($"{header}.{body}");
        if (!keys.Any(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, signed), mac)) || !IsOurs(Decode(header)))
        {
            return false;
        }

        payload = Decode(body);
        return payload is not null;
    }

    /// <summary>Signed by us and still another kind of token: of another algorithm or type, or with extensions that must be understood.</summary>
    private static bool IsOurs(byte[]? header)
    {
        try
        {
            using var json = JsonDocument.Parse(header, _strict);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String && algorithm.ValueEquals("HS256"u8)
                && (!root.TryGetProperty("typ", out var type) || (type.ValueKind == JsonValueKind.String && type.ValueEquals("JWT"u8)))
                && !root.TryGetProperty("crit", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Null unless it is base64url exactly as RFC 7515 section 2 has it: no padding, no blanks, no bits left over.</summary>
    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(_digits) || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }
}
