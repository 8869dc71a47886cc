using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Gemini;

/// <summary>Gemini Omni as Google's documents describe it (NOTES.md).</summary>
internal static class GeminiModels
{
    private static readonly string[] _ratios = ["16:9", "9:16"];

    /// <summary>Frames of every model.</summary>
    public static FrameTable Frames { get; } = FrameTable.Of(_ratios, ("720p", 720), ("360p", 360), ("1080p", 1080), ("4k", 2160));

    private static readonly SizeRule _only720 = FrameTable.Of(_ratios, ("720p", 720)).Rule;

    public static IReadOnlyList<ModelInfo> At(string provider) =>
    [
        Row(provider, "gemini-omni-1.2-flash", "Gemini Omni 1.2 Flash", 15),
        Row(provider, "gemini-omni-1.1-flash", "Gemini Omni 1.1 Flash", 10) with { LastFrame = true, Price = _price },
        Row(provider, "gemini-omni-flash-preview", "Gemini Omni Flash, preview (deprecated)", 10) with { Sizes = _only720, Extend = false },
    ];

    private static readonly Price _price = new(0.03m, PriceUnit.Second)
    {
        Larger = [new PriceStep(720, 0.10m), new PriceStep(1080, 0.15m), new PriceStep(2160, 0.30m)],
        Source = "public price tables",
        SourceDate = new DateOnly(2026, 11, 21),
    };

    private static ModelInfo Row(string provider, string name, string title, int longest) => new()
    {
        Id = $"{provider}/{name}",
        Title = title,
        Durations = DurationRule.Between(3, longest, 8) with { Whole = true },
        Sizes = Frames.Rule,
        FirstFrame = true,
        MaxReferences = 6,
        Seed = true,
        Audio = AudioRule.Always,
        Remix = true,
        Edit = true,
        Extend = true,
        TakesVideo = true,
        Cancel = true,
        Source = "https://ai.google.dev/gemini-api/docs, @google/genai 3.1.0",
        SourceDate = new DateOnly(2026, 11, 21),
    };
}
