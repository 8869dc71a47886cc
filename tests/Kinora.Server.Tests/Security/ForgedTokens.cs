using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinora.Server.Tests.Security;

/// <summary>Tokens that nobody here has given out: made by hand, so that no library keeps us from making wrong ones.</summary>
internal sealed class ForgedTokens(byte[] key, long now)
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly byte[] _other = SHA256.HashData("another key"u8);

    /// <summary>Claims of a good token; <c>NOW</c> stands for the time, <c>END</c> for an hour later.</summary>
    public const string Claims =
        """{"userId":"user_x","username":"ann","role":"user","sub":"user_x","iss":"kinora","iat":NOW,"exp":END,"jti":"0123456789abcdef0123456789abcdef","gen":0}""";

    public string Good => Signed(Header, Claims);

    /// <summary>Rightly signed, with another claim.</summary>
    public string With(string claim, string instead) => Claims.Contains(claim, StringComparison.Ordinal) ? Signed(Header, Claims.Replace(claim, instead, StringComparison.Ordinal)) : throw new ArgumentException(claim);

    public IEnumerable<(string What, string Token)> All => [.. Algorithms(), .. Headers(), .. Forms(), .. Signatures(), .. WrongClaims(), .. WrongTimes()];

    private IEnumerable<(string, string)> Algorithms()
    {
        foreach (var word in (string[])["none", "None", "NONE", "nOnE", ""])
        {
            var start = $"{Encode($$"""{"alg":"{{word}}","typ":"JWT"}""")}.{Encode(Filled(Claims))}.";
            yield return ($"alg {word} without a signature", start);
            yield return ($"alg {word} with ours", start + Good.Split('.')[2]);
            yield return ($"alg {word} rightly signed", Signed($$"""{"alg":"{{word}}","typ":"JWT"}""", Claims));
        }

        foreach (var word in (string[])["HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "dir", "hs256", "HS256 ", "HS\u0000256"])
        {
            yield return ($"alg {word} by our key", Signed($$"""{"alg":{{System.Text.Json.JsonSerializer.Serialize(word)}},"typ":"JWT"}""", Claims));
        }

        var long512 = $"{Encode("""{"alg":"HS512","typ":"JWT"}""")}.{Encode(Filled(Claims))}";
        yield return ("HS512 with all of its MAC", $"{long512}.{Base64Url.EncodeToString(HMACSHA512.HashData(key, Encoding.ASCII.GetBytes(long512)))}");
        yield return ("HS512 with half of its MAC", $"{long512}.{Base64Url.EncodeToString(HMACSHA512.HashData(key, Encoding.ASCII.GetBytes(long512)).AsSpan(..32))}");
        using var rsa = RSA.Create(2048);
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(Filled(Claims))}";
        yield return ("RS256", $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}");
        yield return ("HMAC with a public key, as if it were RS256", Signed(Header, Claims, rsa.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>What a header may claim about its key: signed by the forger's own, which it brings along.</summary>
    private IEnumerable<(string, string)> Headers()
    {
        var jwk = $$"""{"kty":"oct","k":"{{Base64Url.EncodeToString(_other)}}"}""";
        foreach (var more in (string[])
        [
            $"\"jwk\":{jwk}", "\"jku\":\"http://127.0.0.1:9/keys.json\"", "\"x5u\":\"http://127.0.0.1:9/cert.pem\"", "\"kid\":\"../../../../dev/null\"", "\"kid\":\"' OR 1=1 --\"", "\"x5c\":[\"AAAA\"]", "\"k\":\"AAAA\"",
        ])
        {
            yield return ($"header {more}", Signed($$"""{"alg":"HS256","typ":"JWT",{{more}}}""", Claims, _other));
        }

        yield return ("the empty key, by kid", Signed("""{"alg":"HS256","typ":"JWT","kid":"/dev/null"}""", Claims, []));
        yield return ("crit", Signed("""{"alg":"HS256","typ":"JWT","crit":["exp"],"exp":1}""", Claims));
        yield return ("crit, empty", Signed("""{"alg":"HS256","typ":"JWT","crit":[]}""", Claims));
        yield return ("b64 false", Signed("""{"alg":"HS256","typ":"JWT","b64":false,"crit":["b64"]}""", Claims));
        yield return ("alg twice", Signed("""{"alg":"HS256","alg":"HS256","typ":"JWT"}""", Claims));
        yield return ("alg twice, once escaped", Signed("""{"alg":"HS256","\u0061lg":"none","typ":"JWT"}""", Claims));
        yield return ("alg as a list", Signed("""{"alg":["HS256"],"typ":"JWT"}""", Claims));
        yield return ("no alg", Signed("""{"typ":"JWT"}""", Claims));
        yield return ("another typ", Signed("""{"alg":"HS256","typ":"at+jwt"}""", Claims));
        yield return ("typ as a number", Signed("""{"alg":"HS256","typ":1}""", Claims));
        yield return ("a header that is a list", Signed("""["HS256"]""", Claims));
        yield return ("a header that is no JSON", Signed("""{"alg":"HS256","typ":"JWT" """, Claims));
        yield return ("a header that is empty", Signed("", Claims));
    }

    private IEnumerable<(string, string)> Forms()
    {
        var parts = Good.Split('.');
        foreach (var form in (string[])
        [
            "", ".", "..", "...", parts[0], $"{parts[0]}.{parts[1]}", $"{parts[0]}..{parts[2]}", $".{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $".{Good}", $"{Good}.", $"{Good}..", $"{Good}.{parts[2]}",
            $"{parts[0]}..{parts[1]}.{parts[2]}", $" {Good}", $"{Good} ", $"{Good}\n", $"\t{Good}", Good.Replace(".", ". ", StringComparison.Ordinal), $"{Good}=", $"{Good}==", $"{parts[0]}=.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}==.{parts[2]}", Good + "\0", $"Bearer {Good}", $"{Good},{Good}", Good.ToUpperInvariant(), Good.Replace('.', '．'), $"{parts[1]}.{parts[0]}.{parts[2]}", $"\"{Good}\"",
        ])
        {
            yield return ($"form {form}", form);
        }

        yield return ("too long", Signed(Header, Claims.Replace("ann", new string('a', 4_000), StringComparison.Ordinal)));
        yield return ("a megabyte", new string('a', 1 << 20));
        yield return ("JSON serialization", $$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""");
    }

    private IEnumerable<(string, string)> Signatures()
    {
        var (start, mac) = (Good[..(Good.LastIndexOf('.') + 1)], Base64Url.DecodeFromChars(Good.Split('.')[2]));
        for (var bit = 0; bit < mac.Length * 8; bit++)
        {
            var flipped = mac.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return (string.Create(CultureInfo.InvariantCulture, $"bit {bit} of the signature"), start + Base64Url.EncodeToString(flipped));
        }

        for (var length = 0; length < mac.Length; length++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"{length} bytes of the signature"), start + Base64Url.EncodeToString(mac.AsSpan(..length)));
        }

        yield return ("one byte more", start + Base64Url.EncodeToString([.. mac, 0]));
        yield return ("the signature twice", start + Base64Url.EncodeToString([.. mac, .. mac]));
        yield return ("zeros", start + Base64Url.EncodeToString(new byte[32]));
        // The last character holds 4 bits of the MAC and 2 that count for nothing: three other spellings of the same bytes.
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var spare = 1; spare < 4; spare++)
        {
            yield return ($"another spelling of the signature", Good[..^1] + digits[digits.IndexOf(Good[^1], StringComparison.Ordinal) ^ spare]);
        }

        yield return ("another key", Signed(Header, Claims, _other));
        yield return ("the empty key", Signed(Header, Claims, []));
        yield return ("half of the key", Signed(Header, Claims, key[..16]));
        yield return ("the key and a zero", Signed(Header, Claims, [.. key, 1]));
        yield return ("the key in hex", Signed(Header, Claims, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key))));
        var parts = Good.Split('.');
        yield return ("another user under this signature", $"{parts[0]}.{Encode(Filled(Claims).Replace("user_x", "user_y", StringComparison.Ordinal))}.{parts[2]}");
        yield return ("a longer life under this signature", $"{parts[0]}.{Encode(Filled(Claims.Replace("END", "99999999999", StringComparison.Ordinal)))}.{parts[2]}");
        yield return ("a blank in the claims under this signature", $"{parts[0]}.{Encode(Filled(Claims) + " ")}.{parts[2]}");
    }

    private IEnumerable<(string, string)> WrongClaims()
    {
        foreach (var (claim, instead) in ((string, string)[])
        [
            ("\"sub\":\"user_x\"", "\"sub\":\"user_y\""), (",\"sub\":\"user_x\"", ""), ("\"userId\":\"user_x\",", ""), ("\"userId\":\"user_x\"", "\"userId\":\"USER_X\""),
            ("\"userId\":\"user_x\"", "\"userId\":1"), ("\"sub\":\"user_x\"", "\"sub\":null"), ("\"sub\":\"user_x\"", "\"sub\":[\"user_x\"]"), ("user_x", ""), ("user_x", "\\ud800"),
            (",\"jti\":\"0123456789abcdef0123456789abcdef\"", ""), ("0123456789abcdef0123456789abcdef", ""), ("0123456789abcdef0123456789abcdef", "0123"), ("\"0123456789abcdef0123456789abcdef\"", "7"),
            (",\"gen\":0", ""), ("\"gen\":0", "\"gen\":\"0\""), ("\"gen\":0", "\"gen\":-1"), ("\"gen\":0", "\"gen\":2147483648"), ("\"gen\":0", "\"gen\":0.5"), ("\"gen\":0", "\"gen\":null"), ("\"gen\":0", "\"gen\":true"),
            (",\"iss\":\"kinora\"", ""), ("\"kinora\"", "\"Kinora\""), ("\"kinora\"", "\"https://issuer.example\""), ("\"kinora\"", "[\"kinora\"]"),
            ("\"gen\":0", "\"gen\":0,\"gen\":0"), ("\"sub\":\"user_x\"", "\"sub\":\"user_y\",\"sub\":\"user_x\""), ("\"sub\":\"user_x\"", "\"s\\u0075b\":\"user_y\",\"sub\":\"user_x\""), ("\"exp\":END", "\"exp\":1,\"exp\":END"),
            ("\"gen\":0", "\"gen\":0,\"deep\":[[[[[[]]]]]]"), ("}", ""), ("{", "[{"), ("}", "},"), ("\"ann\"", "\"\u0000\""),
        ])
        {
            yield return ($"{instead} for {claim}", With(claim, instead));
        }

        foreach (var payload in (string[])["", "null", "[]", "\"user_x\"", "1", "{}", "\ufeff" + Claims, new string('[', 700)])
        {
            yield return ($"claims {payload}", Signed(Header, payload));
        }

        yield return ("claims that are not UTF-8", Signed(Header, [.. "{\"sub\":\""u8, 0xff, 0xfe, .. "\"}"u8], key));
    }

    private IEnumerable<(string, string)> WrongTimes()
    {
        foreach (var (claim, instead) in ((string, string)[])
        [
            ("END", Seconds(0)), ("END", Seconds(-1)), ("END", "0"), ("END", "-1"), ("END", "-99999999999"), ("END", "null"), ("END", $"\"{Seconds(3600)}\""), ("END", Seconds(3600) + ".5"), ("END", "1e300"),
            ("END", "99999999999999999999"), ("END", "9223372036854775807"), ("END", "253402300800"), ("END", "true"), ("END", $"[{Seconds(3600)}]"), (",\"exp\":END", ""), ("END", Seconds((8 * 86_400) + 1)),
            ("NOW", Seconds(61)), ("NOW", Seconds(3_000)), ("NOW", "\"" + Seconds(0) + "\""), ("NOW", "0"), ("NOW", "-1"), ("NOW", Seconds(0) + ".0"), ("NOW", "null"), ("\"iat\":NOW,", ""), ("NOW", "9223372036854775807"),
            ("\"gen\":0", $"\"gen\":0,\"nbf\":{Seconds(61)}"), ("\"gen\":0", "\"gen\":0,\"nbf\":\"1\""), ("\"gen\":0", "\"gen\":0,\"nbf\":null"), ("\"gen\":0", "\"gen\":0,\"nbf\":-1"),
        ])
        {
            yield return ($"{instead} for {claim}", With(claim, instead));
        }
    }

    public string Seconds(long after) => (now + after).ToString(CultureInfo.InvariantCulture);

    public string Signed(string header, string payload, byte[]? by = null) => Signed(header, Encoding.UTF8.GetBytes(Filled(payload)), by ?? key);

    private static string Signed(string header, byte[] payload, byte[] by)
    {
        var signed = $"{Encode(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(by, Encoding.ASCII.GetBytes(signed)))}";
    }

    private string Filled(string claims) => claims.Replace("NOW", Seconds(0), StringComparison.Ordinal).Replace("END", Seconds(3_600), StringComparison.Ordinal);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
