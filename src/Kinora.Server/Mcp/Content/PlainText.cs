using System.Globalization;
using System.Text;

namespace Kinora.Server.Mcp.Content;

/// <summary>
/// Text of strangers (prompts, providers' errors) on its way to a model: without control and direction characters, which can hide instructions from
/// people, and cut at a limit.
/// </summary>
internal static class PlainText
{
    public static string Clean(string? text, int limit)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length <= limit && (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.Any(Hidden)))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, limit) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= limit)
            {
                return clean.Append('…').ToString();
            }

            if (!(rune.IsBmp && Hidden((char)rune.Value)))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static bool Hidden(char c) =>
        c is not ('\n' or '\t') && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
