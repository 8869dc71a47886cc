using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Catalog;

/// <summary>Which models somebody wants to see.</summary>
/// <param name="Search">Part of the id or title.</param>
/// <param name="Can">Words of <see cref="Words"/>; each must hold.</param>
public sealed record ModelFilter(MediaKind? Kind = null, string? Search = null, IReadOnlyList<string>? Can = null)
{
    private static readonly Dictionary<string, Func<ModelInfo, bool>> _abilities = new(StringComparer.Ordinal)
    {
        ["first_frame"] = model => model.FirstFrame,
        ["last_frame"] = model => model.LastFrame,
        ["references"] = model => model.MaxReferences > 0,
        ["negative_prompt"] = model => model.NegativePrompt,
        ["seed"] = model => model.Seed,
        ["audio"] = model => model.Audio is AudioRule.Always or AudioRule.Switch,
        ["remix"] = model => model.Remix,
        ["edit"] = model => model.Edit,
        ["extend"] = model => model.Extend,
        ["upload"] = model => model.TakesVideo,
        ["cancel"] = model => model.Cancel,
        ["mask"] = model => model.Image is { Mask: true },
        ["transparent"] = model => model.Image is { Transparent: true },
        ["free"] = model => model.Price is { Usd: 0, Larger.Count: 0 },
    };

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. _abilities.Keys];

    /// <param name="kind"><c>video</c> or <c>image</c>; null for both.</param>
    /// <param name="can">Words with commas between; null for none.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c>: a word that is none.</exception>
    public static ModelFilter Read(string? kind, string? search, string? can)
    {
        var words = can?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return words.Except(Words).FirstOrDefault() is { } unknown
            ? throw KinoraException.Invalid([new Fault("can", $"\"{(unknown.Length > 80 ? unknown[..80] : unknown)}\" is nothing to ask for. Known words: {string.Join(", ", Words)}.")])
            : new ModelFilter(kind switch { "video" => MediaKind.Video, "image" => MediaKind.Image, _ => null }, search, words);
    }

    public bool Matches(ModelInfo model) =>
        (Kind is not { } kind || model.Kinds.Contains(kind))
        && (Search is null || model.Id.Contains(Search, StringComparison.OrdinalIgnoreCase) || model.Title.Contains(Search, StringComparison.OrdinalIgnoreCase))
        && (Can ?? []).All(word => _abilities[word](model));
}
