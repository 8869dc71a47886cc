using System.Net;
using System.Text;

namespace Kinora.Adapters.Fetch;

/// <summary>
/// Reads an address that a caller, or a server he named, has written. Stricter than <see cref="Uri"/>: whatever two readers could take for two different
/// hosts is no address. Which host it is decides nothing here; that is known only when its address is connected to.
/// </summary>
internal static class CallerUrl
{
    private const int MaxLength = 4096;

    /// <summary>Null when it is not to be fetched.</summary>
    public static Uri? Read(string text, FetchOptions options) =>
        IsPlain(text) && Authority(text) is { } authority && IsPlainAuthority(authority) && Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? Check(url, authority, options)
            : null;

    /// <summary>Where a redirect leads; null when that is not to be fetched.</summary>
    /// <param name="location">As the server wrote it, relative or absolute.</param>
    public static Uri? Follow(Uri from, string location, FetchOptions options)
    {
        // Relative ones are joined first: the whole then passes the same rules. Anything with a scheme must stand as it is.
        var hasScheme = location.AsSpan().IndexOfAny(":/?#") is var mark && mark >= 0 && location[mark] == ':';
        return hasScheme ? Read(location, options)
            : IsPlain(location) && Uri.TryCreate(from, location, out var joined) ? Read(joined.AbsoluteUri, options)
            : null;
    }

    /// <summary>Blanks, control and invisible characters, and backslashes: read differently by everyone.</summary>
    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= MaxLength
        && !text.EnumerateRunes().Any(rune => rune.Value is '\\' or 0xFFFD
            || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format);

    /// <summary>Host and port as written; null when the text does not begin with http:// or https:// and a host.</summary>
    private static string? Authority(string text)
    {
        var start = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : 0;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return start == 0 ? null : end < 0 ? text[start..] : text[start..(start + end)];
    }

    /// <summary>
    /// Letters of any script, but digits and dots of ASCII only: circled digits and ideographic full stops turn into others' addresses later. No user name,
    /// no escapes, no zone.
    /// </summary>
    private static bool IsPlainAuthority(string authority) =>
        authority.Length > 0 && authority.EnumerateRunes().All(rune => rune.IsAscii
            ? Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_' or ':' or '[' or ']'
            : Rune.IsLetter(rune) && rune.ToString().IsNormalized(NormalizationForm.FormKC));

    private static Uri? Check(Uri url, string authority, FetchOptions options)
    {
        var host = AsciiHost.Of(url);
        var isHost = host is not null && url.HostNameType switch
        {
            // Octal, hexadecimal and shortened forms are nobody's honest way to write an address.
            UriHostNameType.IPv4 => authority == host || authority.StartsWith(host + ":", StringComparison.Ordinal),
            UriHostNameType.IPv6 => IPAddress.TryParse(host, out var address) && address.ScopeId == 0,
            UriHostNameType.Dns => IsName(host),
            _ => false,
        };
        return isHost && url.UserInfo.Length == 0 && (options.Allows(url.Port) || (url.Port > 0 && options.Trusts(host!))) ? url : null;
    }

    /// <summary>No top-level domain begins with a digit; what does is an address in disguise.</summary>
    private static bool IsName(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Length is > 0 and <= 253
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && char.IsAsciiLetter(name[name.LastIndexOf('.') + 1])
            && name.Split('.').All(label => label.Length is > 0 and <= 63);
    }
}
