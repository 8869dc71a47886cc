using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Signatures;

/// <summary>A JSON Web Token signed with RS256 (RFC 7515, RFC 7518 3.3), from somebody who publishes his keys.</summary>
internal sealed class SignedToken
{
    /// <summary>Longer ones are nobody's.</summary>
    private const int Longest = 16 * 1024;

    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly JsonElement _claims;

    private SignedToken(byte[] signed, byte[] signature, JsonElement claims) => (_signed, _signature, _claims) = (signed, signature, claims);

    /// <summary>Null when it is none, or is signed in any other way: who signed it does not choose how it is checked.</summary>
    public static SignedToken? Read(string? text)
    {
        if (text is not { Length: <= Longest } || text.Split('.') is not [var head, var claims, var signature]
            || Part(head) is not { } first || Json(first) is not { } header || Part(claims) is not { } second || Json(second) is not { } said || Part(signature) is not { } seal)
        {
            return null;
        }

        return header.At("alg").Text() == "RS256"
            ? new SignedToken(Encoding.ASCII.GetBytes($"{head}.{claims}"), seal, said)
            : null;
    }

    /// <summary>False when it says of itself that its time is over, or has not come, by more than five minutes.</summary>
    public bool IsOfNow(DateTimeOffset now) =>
        !(Time("exp") is { } end && now.ToUnixTimeSeconds() > end + _leeway.TotalSeconds)
        && !((Time("nbf") ?? Time("iat")) is { } begin && now.ToUnixTimeSeconds() < begin - _leeway.TotalSeconds);

    /// <param name="key">As <see cref="PublishedKeys.RsaOf"/> reads it.</param>
    public bool IsSignedBy(byte[] key)
    {
        using var rsa = RSA.Create();
        rsa.ImportRSAPublicKey(key, out _);
        return rsa.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private double? Time(string claim) => _claims.At(claim).Number();

    private static byte[]? Part(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static JsonElement? Json(byte[] bytes) => LooseElements.Parse(bytes) is { ValueKind: JsonValueKind.Object } json ? json : null;
}
