using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>A model's row, and its words for frames where it is not told pixels.</summary>
internal sealed record OpenRouterModel(ModelInfo Info, FrameTable? Words);

/// <summary>Rows of the catalogue from OpenRouter's own lists. What a list does not say, a row does not promise.</summary>
internal static partial class OpenRouterModels
{
    /// <summary>The lists give no number for videos; this is the one that pictures have (https://openrouter.ai/docs).</summary>
    private const int MostReferences = 16;

    private const int MostModels = 1_000;
    private static readonly FrameSize _usual = new(1280, 720);

    public static IReadOnlyList<OpenRouterModel> Of(string provider, KeptCatalogue kept)
    {
        var read = DateOnly.FromDateTime(kept.ReadAt.UtcDateTime);
        var videos = kept.Videos.OfType<WireVideoModel>().Where(model => IsName(model.Id) && !IsUpscaler(model)).Select(model => Video(provider, model, read));
        var images = kept.Images.OfType<WireImageModel>().Where(model => IsName(model.Id)).Select(model => Image(provider, model, read));
        return [.. videos.Concat(images).DistinctBy(model => model.Info.Id).Take(MostModels)];
    }

    /// <summary>The shorter side that a word for a resolution stands for; null for none that is known.</summary>
    public static int? Side(string? word) => word switch
    {
        "1K" => 1024,
        "2K" => 1440,
        "4K" => 2160,
        not null when Lines().Match(word) is { Success: true } lines => int.Parse(lines.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static OpenRouterModel Video(string provider, WireVideoModel wire, DateOnly read)
    {
        var sizes = (wire.SupportedSizes ?? []).Select(text => FrameSize.TryParse(text ?? "", out var size) ? size : default).Where(size => size.Width > 0 && size.Height > 0).Distinct().ToArray();
        var words = sizes.Length > 0 ? null : Words(wire);
        var lengths = (wire.SupportedDurations ?? []).Where(length => length is > 0 and < 3_600 && length == Math.Floor(length)).Distinct().ToArray();
        var frames = wire.SupportedFrameImages ?? [];
        return new OpenRouterModel(
            Row(provider, wire.Id!, wire.Name, read) with
            {
                Durations = lengths.Length == 0 ? null : DurationRule.OneOf(lengths.Contains(5) ? 5 : lengths[0], lengths),
                Sizes = words?.Rule ?? (sizes.Length == 0 ? null : new SizeRule { Allowed = sizes, Default = sizes.Contains(_usual) ? _usual : sizes[0] }),
                FirstFrame = frames.Contains("first_frame"),
                LastFrame = frames.Contains("last_frame"),
                MaxReferences = MostReferences,
                Seed = wire.Seed == true,
                Audio = wire.GenerateAudio switch { true => AudioRule.Switch, false => AudioRule.None, null => AudioRule.Unknown },
                Price = OpenRouterPrices.Read(wire, read),
            },
            words);
    }

    private static OpenRouterModel Image(string provider, WireImageModel wire, DateOnly read)
    {
        var can = wire.SupportedParameters ?? new Dictionary<string, WireCapability?>();
        IReadOnlyList<string> Choices(string name, IReadOnlyList<string> ours) => [.. ours.Intersect(can.GetValueOrDefault(name)?.Values ?? [])!];
        int Most(string name, int otherwise) => can.TryGetValue(name, out var range) ? (int)Math.Clamp(range?.Max ?? otherwise, 0, MostReferences) : 0;

        var formats = Choices("output_format", ImageWords.Formats);
        return new OpenRouterModel(
            Row(provider, wire.Id!, wire.Name, read) with
            {
                Kinds = [MediaKind.Image],
                Seed = can.ContainsKey("seed"),
                Image = new ImageRule
                {
                    MaxCount = Math.Max(1, Most("n", 1)),
                    MaxInputs = Most("input_references", MostReferences),
                    Formats = formats.Count > 0 ? formats : ["png"],
                    Qualities = Choices("quality", ImageWords.Qualities),
                    Transparent = Choices("background", ImageWords.Backgrounds).Contains("transparent"),
                    ChoosesSize = true,
                },
            },
            null);
    }

    private static ModelInfo Row(string provider, string id, string? name, DateOnly read) => new()
    {
        Id = $"{provider}/{id}",
        Title = name is { Length: > 0 and <= 200 } && !name.Any(char.IsControl) ? name : id,
        Source = "https://openrouter.ai/api/v1 (its own lists)",
        SourceDate = read,
    };

    /// <summary>16:9 and 720p stand first: they are the default.</summary>
    private static FrameTable? Words(WireVideoModel wire)
    {
        var ratios = (wire.SupportedAspectRatios ?? []).OfType<string>().Where(word => Ratio().IsMatch(word)).OrderBy(word => word == "16:9" ? 0 : 1).ToArray();
        var resolutions = (wire.SupportedResolutions ?? []).OfType<string>().Where(word => Side(word) is not null)
            .Select(word => (word, Side(word)!.Value)).OrderBy(known => known.word == "720p" ? 0 : known.Value).ToArray();
        return ratios.Length == 0 || resolutions.Length == 0 ? null : FrameTable.Of(ratios, resolutions);
    }

    private static bool IsName(string? id) => id is { Length: > 0 and <= 200 } && !id.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter));

    private static bool IsUpscaler(WireVideoModel model) => model.UpscaleFactor is { ValueKind: System.Text.Json.JsonValueKind.Object };

    [GeneratedRegex(@"^([1-9]\d{2,3})p$")]
    private static partial Regex Lines();

    [GeneratedRegex(@"^[1-9]\d{0,2}:[1-9]\d{0,2}$")]
    private static partial Regex Ratio();
}
