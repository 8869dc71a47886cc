using System.Globalization;
using System.Text;

namespace Kinora.Uploads;

/// <summary>What is kept of the name that a caller's file has: something harmless to show, never to open.</summary>
public static class UploadedName
{
    public const int MaxLength = 255;

    private const string Nameless = "file";

    private static readonly char[] Dividers = ['/', '\\'];

    /// <summary>
    /// The last part of a path of any system, without control characters, marks that turn the direction of writing (they let a name lie about its ending) and
    /// halves of characters; at most <see cref="MaxLength"/> characters. <c>file</c> when nothing is left of it.
    /// </summary>
    public static string Of(string? name)
    {
        var last = name?[(name.LastIndexOfAny(Dividers) + 1)..] ?? "";
        var kept = new StringBuilder();
        for (var at = 0; at < last.Length;)
        {
            if (!Rune.TryGetRuneAt(last, at, out var rune))
            {
                at++;
                continue;
            }

            at += rune.Utf16SequenceLength;
            if (kept.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            if (IsKept(rune))
            {
                kept.Append(rune);
            }
        }

        var plain = kept.ToString().Trim();
        return plain is "" or "." or ".." ? Nameless : plain;
    }

    private static bool IsKept(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069);
}
