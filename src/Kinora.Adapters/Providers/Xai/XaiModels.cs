using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Xai;

/// <summary>xAI's models as its documents and the <c>@ai-sdk/xai</c> client describe them (NOTES.md).</summary>
internal static class XaiModels
{
    /// <summary>The only model that ends in a given frame, and the only one that makes 1080p.</summary>
    public const string Full = "grok-imagine-video-1.5";

    /// <summary>The most pictures of one request.</summary>
    public const int MostPictures = 10;

    private static readonly string[] _ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3"];

    /// <summary>Frames of every model of videos.</summary>
    public static FrameTable Frames { get; } = FrameTable.Of(_ratios, ("480p", 480), ("720p", 720), ("1080p", 1080));

    /// <summary>Of pictures, as far as it is documented: the words stand for about 1024 and 2048 pixels of a square.</summary>
    public static FrameTable Pictures { get; } =
        FrameTable.Of(["1:1", .. _ratios.Where(ratio => ratio != "1:1"), "2:1", "1:2", "19.5:9", "9:19.5", "20:9", "9:20"], ("1k", 1024), ("2k", 2048));

    private static readonly SizeRule _to720 = FrameTable.Of(_ratios, ("480p", 480), ("720p", 720)).Rule;

    public static IReadOnlyList<ModelInfo> At(string provider) =>
    [
        Row(provider, Full, "Grok Imagine 1.5") with { Sizes = Frames.Rule, LastFrame = true, Price = Dollars(0.08m, new PriceStep(720, 0.14m), new PriceStep(1080, 0.25m)) },
        Row(provider, "grok-imagine-video-1.5-lite", "Grok Imagine 1.5 lite") with { Price = null },
        Row(provider, "grok-imagine-video", "Grok Imagine") with { Price = Dollars(0.05m, new PriceStep(720, 0.07m)) },
        new()
        {
            Id = $"{provider}/grok-imagine-image-2.0",
            Title = "Grok Imagine Image 2.0",
            Kinds = [MediaKind.Image],
            Sizes = Pictures.Rule,
            Image = new ImageRule { MaxCount = MostPictures, MaxInputs = 3, Formats = ["jpeg"], Qualities = ["low", "medium"], ChoosesSize = true },
            Source = "https://docs.x.ai, @ai-sdk/xai 5.0.12",
            SourceDate = new DateOnly(2026, 11, 22),
        },
    ];

    private static ModelInfo Row(string provider, string name, string title) => new()
    {
        Id = $"{provider}/{name}",
        Title = title,
        Durations = DurationRule.Between(1, 15, 6) with { Whole = true },
        Sizes = _to720,
        FirstFrame = true,
        MaxReferences = 7,
        Audio = AudioRule.Switch,
        Edit = true,
        Extend = true,
        Source = "https://docs.x.ai, @ai-sdk/xai 5.0.12",
        SourceDate = new DateOnly(2026, 11, 21),
    };

    private static Price Dollars(decimal usd, params PriceStep[] larger) => new(usd, PriceUnit.Second)
    {
        Larger = larger,
        UsdPerInput = 0.01m,
        Source = "https://docs.x.ai",
        SourceDate = new DateOnly(2026, 11, 21),
    };
}
