using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Cleans what a provider wrote before it leaves the provider's folder: without our key in any spelling, without control characters, and short.</summary>
internal sealed partial class Redactor
{
    /// <summary>The longest text that leaves, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The longest text of a model's own that leaves, in characters.</summary>
    public const int MaxWords = 8_000;

    /// <summary>What stands where a secret stood.</summary>
    public const string Mark = "[redacted]";

    // Dummy keys such as "none" are words of their own; taking them out would only garble the text.
    private const int ShortestSecret = 6;
    private const int MaxInput = 32 * 1024;

    private readonly string[] _spellings;

    public Redactor(string? key) => _spellings = key is { Length: >= ShortestSecret } ? [.. Spellings(key).Distinct().OrderByDescending(s => s.Length)] : [];

    public string Clean(string? text) => Clean(text, MaxLength, keepLines: false);

    /// <summary>The same for what a model wrote for people: longer, and with its line breaks.</summary>
    public string CleanWords(string? text) => Clean(text, MaxWords, keepLines: true);

    private string Clean(string? text, int longest, bool keepLines)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // A secret cut in two by the input limit would not be recognised: the tail that may hold a half is dropped.
        var cut = text.Length > MaxInput ? text[..(MaxInput - (_spellings.FirstOrDefault()?.Length ?? 0))] : text;
        var clean = Plain(cut, keepLines);
        foreach (var spelling in _spellings)
        {
            clean = clean.Replace(spelling, Mark, StringComparison.OrdinalIgnoreCase);
        }

        clean = BearerToken().Replace(clean, "$1" + Mark);
        clean = UrlQuery().Replace(clean, "$1?…");
        return Short(clean, longest);
    }

    /// <summary>The key as written, percent-encoded, JSON- and HTML-escaped, in hex, and in base64 at each of the three places it can begin in a group.</summary>
    private static IEnumerable<string> Spellings(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        yield return key;
        yield return Uri.EscapeDataString(key);
        yield return JavaScriptEncoder.Default.Encode(key);
        yield return HtmlEncoder.Default.Encode(key);
        yield return Convert.ToHexString(bytes);
        for (var before = 0; before < 3; before++)
        {
            // Only the groups that belong to the key alone are the same whatever stands around it.
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var from = before == 0 ? 0 : 4;
            var core = text[from..((bytes.Length + before) / 3 * 4)];
            if (core.Length >= ShortestSecret)
            {
                yield return core;
                yield return core.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static string Plain(string text, bool keepLines)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when keepLines && rune.Value == '\n':
                    plain.Append('\n');
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator:
                    if (plain is not [.., ' '])
                    {
                        plain.Append(' ');
                    }

                    break;
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    plain.Append(rune.ToString());
                    break;
            }
        }

        return plain.ToString().Trim();
    }

    private static string Short(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    // Keys that are not ours (a relay's own upstream key, say) are nobody's business either.
    [GeneratedRegex(@"\b(Bearer\s+|(?:sk|key|api[_-]?key)[-_=:]\s*)[A-Za-z0-9_\-.~+/]{12,}=*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BearerToken();

    // The query of a link is where signatures live.
    [GeneratedRegex(@"(https?://[^\s?""'<>]+)\?[^\s""'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UrlQuery();
}
