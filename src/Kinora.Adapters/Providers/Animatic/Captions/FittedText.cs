using System.Globalization;
using Kinora.Adapters.Media.Vips;

namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>
/// Sets a text into a box it never leaves: lines are balanced, what does not fit is shortened at a word with an ellipsis.
/// It measures the ink, not an estimate.
/// </summary>
internal static class FittedText
{
    // No caption is read beyond this; it bounds the work for a prompt of any length.
    private const int MostLetters = 420;

    /// <summary>A mask no wider than <paramref name="width"/> and no higher than so many lines; null for an empty text.</summary>
    internal static VipsImage? Draw(VipsText style, int width, int lines)
    {
        var text = Shorten(style.Text, MostLetters);
        if (text.Length == 0)
        {
            return null;
        }

        var most = LineHeight(style) * lines;
        if (Draw(style, text, width, most) is { } whole)
        {
            return Balance(style, text, width, whole);
        }

        return Longest(style, text, width, most);
    }

    private static VipsImage? Draw(VipsText style, string text, int width, double height)
    {
        var image = (style with { Text = text, WrapAt = width }).Draw();
        if (image.Width <= width && image.Height <= height)
        {
            return image;
        }

        image.Dispose();
        return null;
    }

    private static VipsImage? Longest(VipsText style, string text, int width, double height) =>
        Longest(style, text, width, height, Cuts(text)) ?? Longest(style, text, width, height, StringInfo.ParseCombiningCharacters(text)[1..]);

    // The latest cut that still fits; null when not even the first does.
    private static VipsImage? Longest(VipsText style, string text, int width, double height, IReadOnlyList<int> cuts)
    {
        var (fits, tooLong) = (-1, cuts.Count);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            using var tried = Draw(style, Cut(text, cuts[middle]), width, height);
            (fits, tooLong) = tried is null ? (fits, middle) : (middle, tooLong);
        }
        if (fits < 0)
        {
            return null;
        }

        var best = Cut(text, cuts[fits]);
        return Draw(style, best, width, height) is { } image ? Balance(style, best, width, image) : null;
    }

    // The narrowest column with the same number of lines: no last line of one lonely word.
    private static VipsImage Balance(VipsText style, string text, int width, VipsImage image)
    {
        if (image.Height < LineHeight(style) * 1.3)
        {
            return image;
        }

        var (narrow, wide) = (width / 2, image.Width);
        while (wide - narrow > Math.Max(4, style.Size / 2))
        {
            var middle = (narrow + wide) / 2;
            if (Draw(style, text, middle, image.Height + 1) is { } better)
            {
                image.Dispose();
                (image, wide) = (better, middle);
            }
            else
            {
                narrow = middle;
            }
        }
        return image;
    }

    private static double LineHeight(VipsText style) => style.Size * 1.25 + style.Leading;

    // Places a text should end: after a word, or between signs of a script that has no blanks.
    private static List<int> Cuts(string text) =>
        [.. StringInfo.ParseCombiningCharacters(text).Skip(1).Where(at => text[at] == ' ' || text[at] > '\u2e80')];

    private static string Cut(string text, int at) => text[..at].TrimEnd(' ', ',', '.', ';', ':', '-', '，', '。') + "…";

    private static string Shorten(string text, int letters)
    {
        if (text.Length <= letters)
        {
            return text;
        }

        return Cut(text, Cuts(text[..letters]).LastOrDefault(letters - 1));
    }
}
