using System.Globalization;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Listed;

/// <summary>A model as its vendor's own list tells it. What a list does not say, a row does not promise.</summary>
/// <param name="Words">Its words for frames, where it is not told pixels.</param>
internal sealed record ListedModel(ModelInfo Info, FrameTable? Words = null)
{
    private const int LongestName = 200;
    private const double LongestClip = 3_600;
    private static readonly FrameSize _usualSize = new(1280, 720);

    /// <summary>A row with nothing but its names; null where the list gives none that could be one.</summary>
    /// <param name="title">The list's own; the id where that is no line of text.</param>
    /// <param name="source">What list says it.</param>
    public static ModelInfo? Row(string provider, string? id, string? title, string source, DateOnly read) =>
        id is not { Length: > 0 and <= LongestName } || id.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) ? null : new ModelInfo
        {
            Id = $"{provider}/{id}",
            Title = title is { Length: > 0 and <= LongestName } && !title.Any(char.IsControl) ? title : id,
            Source = source,
            SourceDate = read,
        };

    /// <summary>Lengths in seconds; null where none is told. Five seconds, where they can be had, are the default.</summary>
    public static DurationRule? Lengths(IEnumerable<double?> told)
    {
        var lengths = told.OfType<double>().Where(length => length is > 0 and < LongestClip && length == Math.Floor(length)).Distinct().ToArray();
        return lengths.Length == 0 ? null : DurationRule.OneOf(lengths.Contains(5) ? 5 : lengths[0], lengths);
    }

    /// <summary>Frames: sizes in pixels where they are told, else every resolution in every ratio, by their words. 1280x720 is the default where it can be had.</summary>
    /// <param name="sizes">Such as <c>1280x720</c>.</param>
    /// <param name="ratios">Such as <c>16:9</c>.</param>
    /// <param name="resolutions">Such as <c>720p</c> and <c>4K</c>.</param>
    public static (SizeRule? Sizes, FrameTable? Words) Frames(IEnumerable<string> sizes, IEnumerable<string> ratios, IEnumerable<string> resolutions)
    {
        var pixels = sizes.Select(text => FrameSize.TryParse(text, out var size) ? size : default).Where(size => size is { Width: > 0, Height: > 0 }).Distinct().ToArray();
        if (pixels.Length > 0)
        {
            return (new SizeRule { Allowed = pixels, Default = pixels.Contains(_usualSize) ? _usualSize : pixels[0] }, null);
        }

        var shapes = ratios.Where(FrameTable.IsRatio).OrderBy(word => word == "16:9" ? 0 : 1).ToArray();
        var sides = resolutions.Select(word => (Word: word, Side: Side(word) ?? 0)).Where(known => known.Side > 0).OrderBy(known => known.Side == _usualSize.Height ? 0 : known.Side).ToArray();
        var words = shapes.Length == 0 || sides.Length == 0 ? null : FrameTable.Of(shapes, sides);
        return (words?.Rule, words);
    }

    /// <summary>The shorter side that a word for a resolution stands for; null for none that is known.</summary>
    public static int? Side(string word) => word.ToUpperInvariant() switch
    {
        "1K" => 1024,
        "2K" => 1440,
        "4K" => 2160,
        [.. var lines, 'P'] when lines.Length is 3 or 4 && int.TryParse(lines, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side >= 100 => side,
        _ => null,
    };
}
