using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kinora.Adapters.Providers.Animatic.Shots;

/// <summary>The words of one shot and its share of the time.</summary>
internal sealed record ShotBlock(string Text, double Weight);

/// <summary>
/// A prompt taken apart: "Shot 1: … Shot 2: …" (also Scene, 镜头), else one shot a line, else sentences when there is time for
/// each, else one shot.
/// </summary>
internal sealed partial record ShotScript(string Preamble, IReadOnlyList<ShotBlock> Blocks)
{
    private const double SecondsPerSentence = 2;
    private const int ShortestParagraph = 60;

    internal static ShotScript Read(string prompt, double seconds)
    {
        var text = Clean(prompt);
        var markers = Marker().Matches(text);
        if (markers.Count > 0)
        {
            return ByMarkers(text, markers);
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var blocks = lines.Length > 1 ? ReadBlocks(lines.Select(line => Bullet().Replace(line, ""))) : [];
        if (blocks.Count > 1)
        {
            return new ShotScript("", blocks);
        }

        return new ShotScript("", Sentences(Bullet().Replace(text, ""), seconds));
    }

    private static ShotScript ByMarkers(string text, MatchCollection markers)
    {
        var blocks = new List<string>();
        for (var i = 0; i < markers.Count; i++)
        {
            var from = markers[i].Index + markers[i].Length;
            var to = i + 1 < markers.Count ? markers[i + 1].Index : text.Length;
            blocks.Add(text[from..to]);
        }
        return new ShotScript(Flat(text[..markers[0].Index]), ReadBlocks(blocks));
    }

    private static List<ShotBlock> Sentences(string text, double seconds)
    {
        var sentences = ReadBlocks(SentenceEnd().Split(text));
        if (sentences.Count < 2 || text.Length < ShortestParagraph && !text.Any(IsHan) || seconds / sentences.Count < SecondsPerSentence)
        {
            return ReadBlocks([text]) is { Count: > 0 } one ? one : [new ShotBlock(Flat(text), 1)];
        }

        return sentences;
    }

    private static bool IsHan(char sign) => sign is >= '\u4e00' and <= '\u9fff';

    // A "duration: 5sec" line gives the weight; shots without one share as if they had the mean of the others.
    private static List<ShotBlock> ReadBlocks(IEnumerable<string> texts)
    {
        var read = texts.Select(text => (Text: Flat(Duration().Replace(text, " ")), Seconds: Seconds(text))).ToList();
        var kept = read.Where(block => block.Text.Any(char.IsLetterOrDigit)).ToList();
        if (kept.Count == 0)
        {
            kept = read.Take(1).ToList();
        }

        var mean = kept.Where(block => block.Seconds > 0).Select(block => block.Seconds).DefaultIfEmpty(1).Average();
        return [.. kept.Select(block => new ShotBlock(block.Text, block.Seconds > 0 ? block.Seconds : mean))];
    }

    private static double Seconds(string text)
    {
        var match = Duration().Match(text);
        return match.Success && double.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Clamp(seconds, 0.1, 600) : 0;
    }

    private static string Clean(string prompt)
    {
        var clean = new StringBuilder(prompt.Length);
        foreach (var rune in prompt.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' || !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                clean.Append(rune);
            }
            else if (rune.Value == '\t')
            {
                clean.Append(' ');
            }
        }

        return clean.ToString().Trim();
    }

    private static string Flat(string text) => Blanks().Replace(text, " ").Trim(' ', '-', '–', '—', '*', '#', '|', ',');

    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?<![\p{L}\p{N}])[\[(*#]*\s*(?:(?:shot|scene)\s*#?\s*\d{1,3}|(?:镜头|场景|分镜)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}))\s*[\])*]*\s*(?:[:：.．、]|[-–—](?=\s))\s*\**", Loose)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^\s*(?:[-*•‣–—]\s*|\(?\d{1,3}[.):、]\s*)", Loose)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"[\[(]?(?:\bduration|\blength|时长)\s*[:：=]\s*(?<n>\d{1,3}(?:\.\d{1,3})?)\s*(?:seconds?|secs?|s\b|秒)?[\])]?[.,;。]?", Loose)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<=[.!?…])\s+(?=[""'“‘(]?[\p{Lu}\p{Lo}\d])|(?<=[。！？])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
