using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>The one-time secret of the first admin: 160 random bits as eight groups of four letters, to be typed over from a screen. Only its hash is kept.</summary>
internal static class SetupSecret
{
    private const int RandomBytes = 20;
    private const int GroupLength = 4;

    /// <summary>Douglas Crockford's base 32: no I, L, O and U (https://www.crockford.com/base32.html, read 2026-11-21).</summary>
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(IRandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        random.Fill(bytes);
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var next in bytes)
        {
            bits = ((bits << 8) | next) & 0xFFF;
            for (count += 8; count >= 5; count -= 5)
            {
                text.Append(Digits[(bits >> (count - 5)) & 31]);
            }
        }

        return string.Join('-', text.ToString().Chunk(GroupLength).Select(group => new string(group)));
    }

    /// <summary>The SHA-256 of what somebody typed, whichever way he wrote it; null for what can be no such secret.</summary>
    public static byte[]? Hash(string text)
    {
        if (text.Length > 100)
        {
            return null;
        }

        var plain = string.Concat(text.ToUpperInvariant().Where(c => c is not ('-' or ' ')).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }));
        return plain.Length == RandomBytes * 8 / 5 && plain.All(Digits.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes(plain)) : null;
    }
}
