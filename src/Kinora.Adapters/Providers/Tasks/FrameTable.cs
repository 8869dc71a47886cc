using System.Globalization;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>
/// The frames of a vendor who names them by two words, a resolution (<c>720p</c>, the shorter side) and a ratio (<c>16:9</c>), and not by pixels. What it really
/// makes may differ by some pixels; that is told with the result.
/// </summary>
internal sealed class FrameTable
{
    private readonly Dictionary<FrameSize, (string Resolution, string Ratio)> _words = [];

    private FrameTable(SizeRule rule) => Rule = rule;

    /// <summary>All frames, for the catalogue.</summary>
    public SizeRule Rule { get; }

    /// <param name="ratios">As the vendor writes them, the default first: <c>16:9</c>.</param>
    /// <param name="resolutions">Its word and the shorter side in pixels, the default first.</param>
    public static FrameTable Of(IReadOnlyList<string> ratios, params IReadOnlyList<(string Word, int Side)> resolutions) =>
        Of(resolutions.SelectMany(resolution => ratios.Select(ratio => (SizeOf(ratio, resolution.Side), (resolution.Word, ratio)))));

    /// <summary>Of a vendor whose frames are known to the pixel.</summary>
    /// <param name="ratios">As for the other, one for each size.</param>
    /// <param name="resolutions">Its word, and the sizes in the order of the ratios, a blank between; the last ones may be missing.</param>
    public static FrameTable Exact(IReadOnlyList<string> ratios, params IReadOnlyList<(string Word, string Sizes)> resolutions) =>
        Of(resolutions.SelectMany(resolution => resolution.Sizes.Split(' ').Zip(ratios, (size, ratio) => (Parse(size), (resolution.Word, ratio)))));

    /// <summary>True for <c>16:9</c> and its like.</summary>
    public static bool IsRatio(string text) => text.Split(':') is [var across, var down] && IsCount(across) && IsCount(down);

    /// <summary>The vendor's words for a frame; null for none, or one that is not in the table (a source's).</summary>
    public (string Resolution, string Ratio)? Words(FrameSize? size) => size is { } frame && _words.TryGetValue(frame, out var words) ? words : null;

    private static FrameTable Of(IEnumerable<(FrameSize Size, (string, string) Words)> all)
    {
        var frames = all.ToList();
        var table = new FrameTable(new SizeRule { Allowed = [.. frames.Select(f => f.Size).Distinct()], Default = frames[0].Size });
        foreach (var (size, words) in frames)
        {
            table._words.TryAdd(size, words);
        }

        return table;
    }

    private static FrameSize Parse(string text) => FrameSize.TryParse(text, out var size) ? size : throw new FormatException($"\"{text}\" is no size.");

    private static bool IsCount(string text) => text.Length is > 0 and <= 3 && text.All(char.IsAsciiDigit) && text[0] != '0';

    // Sides are even: every encoder wants them so.
    private static FrameSize SizeOf(string ratio, int side)
    {
        var parts = ratio.Split(':');
        var (across, down) = (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
        return across >= down ? new FrameSize(Even(side * across / down), side) : new FrameSize(side, Even(side * down / across));
    }

    private static int Even(double side) => 2 * (int)Math.Round(side / 2, MidpointRounding.AwayFromZero);
}
