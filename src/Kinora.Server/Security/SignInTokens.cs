using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kinora.Accounts;
using Kinora.Jobs;

namespace Kinora.Server.Security;

/// <summary>What a token of ours says; whether its user may still come in is asked elsewhere.</summary>
/// <param name="Id">The <c>jti</c>: 128 random bits in hex.</param>
/// <param name="Generation">See <see cref="Account.Generation"/>.</param>
internal sealed record SignInToken(string Id, string UserId, int Generation, DateTimeOffset ExpiresAt);

/// <summary>
/// The tokens that users get for their password: JWTs (RFC 7519) with the claims <c>userId</c> and <c>username</c> that clients of the original read, and
/// <c>sub, role, iat, exp, jti, gen, iss</c>. A role in a token is for people; what counts is the account's.
/// </summary>
internal sealed class SignInTokens(TokenKeys keys, TokenOptions options, IRandomBytes random, TimeProvider time)
{
    private const string Issuer = "kinora";

    /// <summary>How far the clock of another server of ours may be ahead.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(60);

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    public (string Token, SignInToken Says) Issue(Account account)
    {
        Span<byte> id = stackalloc byte[16];
        random.Fill(id);
        var now = time.GetUtcNow();
        var says = new SignInToken(Convert.ToHexStringLower(id), account.Id, account.Generation, now + TimeSpan.FromDays(options.Days));
        var payload = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("userId", account.Id);
            json.WriteString("username", account.Username);
            json.WriteString("role", account.Role.Word());
            json.WriteString("sub", account.Id);
            json.WriteString("iss", Issuer);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", says.ExpiresAt.ToUnixTimeSeconds());
            json.WriteString("jti", says.Id);
            json.WriteNumber("gen", says.Generation);
            json.WriteEndObject();
        }

        return (Hs256.Sign(payload.WrittenSpan, keys.Secrets[0]), says);
    }

    /// <summary>False for whatever is no token of ours or is past its time; never says why.</summary>
    public bool TryRead(string token, [NotNullWhen(true)] out SignInToken? says)
    {
        says = Hs256.TryOpen(token, keys.Secrets, out var payload) ? Read(payload) : null;
        return says is not null && says.ExpiresAt > time.GetUtcNow();
    }

    private SignInToken? Read(byte[] payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload, _strict);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "iss") == Issuer
                && Text(root, "sub") is { Length: > 0 } user && Text(root, "userId") == user
                && Text(root, "jti") is { Length: 32 } id
                && Whole(root, "gen") is { } generation and >= 0 and <= int.MaxValue
                && Time(root, "iat") is { } issued && issued <= time.GetUtcNow() + _skew
                && (!root.TryGetProperty("nbf", out _) || (Time(root, "nbf") is { } from && from <= time.GetUtcNow() + _skew))
                && Time(root, "exp") is { } expires && expires - issued <= TimeSpan.FromDays(options.Days)
                ? new SignInToken(id, user, (int)generation, expires)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is for texts that are no Unicode.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Whole(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static DateTimeOffset? Time(JsonElement root, string name) =>
        Whole(root, name) is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
