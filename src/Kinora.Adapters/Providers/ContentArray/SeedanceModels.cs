using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>Seedance as ModelArk's documents and the <c>@ai-sdk/bytedance</c> client describe it (NOTES.md).</summary>
internal static class SeedanceModels
{
    private const string Sizes480 = "864x496 752x560 640x640 560x752 496x864 992x432";
    private const string Sizes720 = "1280x720 1112x834 960x960 834x1112 720x1280 1470x630";
    private const string Sizes1080 = "1920x1080 1664x1248 1440x1440 1248x1664 1080x1920 2206x946";

    private static readonly string[] _ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];

    // The default comes first. Of 4k only this size is certain.
    private static readonly FrameTable _to720 = FrameTable.Exact(_ratios, ("720p", Sizes720), ("480p", Sizes480));
    private static readonly FrameTable _to1080 = FrameTable.Exact(_ratios, ("720p", Sizes720), ("480p", Sizes480), ("1080p", Sizes1080));

    /// <summary>Frames of every model.</summary>
    public static FrameTable Frames { get; } = FrameTable.Exact(_ratios, ("720p", Sizes720), ("480p", Sizes480), ("1080p", Sizes1080), ("4k", "3840x2160"));

    /// <summary>The models by the names of the address: China's begin otherwise, and are paid in yuan.</summary>
    public static IReadOnlyList<ModelInfo> At(string provider, Uri address)
    {
        var china = address.Host.EndsWith(".volces.com", StringComparison.OrdinalIgnoreCase);
        var (second, first) = china ? ("doubao-", "doubao-") : ("dreamina-", "");
        return
        [
            Row(provider, second + "seedance-2-5-260628", "Seedance 2.5", 4, 30) with { MaxReferences = 30, Edit = true, Price = china ? null : _price },
            Row(provider, second + "seedance-2-0-260128", "Seedance 2.0", 4, 15) with { MaxReferences = 9, Sizes = Frames.Rule },
            Row(provider, second + "seedance-2-0-fast-260128", "Seedance 2.0 fast", 4, 15) with { MaxReferences = 9, Sizes = _to720.Rule },
            Row(provider, second + "seedance-2-0-mini-260615", "Seedance 2.0 mini", 4, 15) with { MaxReferences = 9, Sizes = _to720.Rule },
            Row(provider, first + "seedance-1-5-pro-251215", "Seedance 1.5 pro", 4, 12),
            Row(provider, first + "seedance-1-0-pro-250528", "Seedance 1.0 pro", 2, 12) with { Audio = AudioRule.None },
            Row(provider, first + "seedance-1-0-pro-fast-251015", "Seedance 1.0 pro fast", 2, 12) with { Audio = AudioRule.None, LastFrame = false },
        ];
    }

    // Tokens are what is paid; these figures are what they come to, about, for clips from words alone. Squares have longer shorter sides than wide frames of the
    // next resolution, hence the steps back.
    private static readonly Price _price = new(0.08m, PriceUnit.Second)
    {
        Larger =
        [
            new PriceStep(630, 0.18m), new PriceStep(640, 0.08m), new PriceStep(720, 0.18m),
            new PriceStep(946, 0.45m), new PriceStep(960, 0.18m), new PriceStep(1080, 0.45m),
        ],
        Source = "public price tables",
        SourceDate = new DateOnly(2026, 11, 21),
    };

    private static ModelInfo Row(string provider, string name, string title, int shortest, int longest) => new()
    {
        Id = $"{provider}/{name}",
        Title = title,
        Durations = DurationRule.Between(shortest, longest, 5) with { Whole = true },
        Sizes = _to1080.Rule,
        FirstFrame = true,
        LastFrame = true,
        Seed = true,
        Audio = AudioRule.Switch,
        Source = "https://docs.byteplus.com/en/docs/ModelArk, @ai-sdk/bytedance 1.0.29",
        SourceDate = new DateOnly(2026, 11, 21),
    };
}
