using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>MiniMax's models as its documents and the <c>@ai-sdk/minimax</c> client describe them (NOTES.md).</summary>
internal static class MinimaxModels
{
    private const string Full = "MiniMax-H3";
    private const decimal UsdPerReference = 0.04m;
    private const int FreeReferences = 5;
    private const string Sizes480 = "854x480 480x854 480x480 640x480 480x640 1120x480";
    private const string Sizes768 = "1366x768 768x1366 768x768 1024x768 768x1024 1792x768";
    private const string Sizes2K = "2560x1440 1440x2560 2048x2048 2048x1536 1536x2048 2560x1080";

    private static readonly string[] _ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"];
    private static readonly FrameTable _max = FrameTable.Exact(_ratios, ("768P", Sizes768), ("480P", Sizes480));
    private static readonly FrameTable _full = FrameTable.Exact(_ratios, ("768P", Sizes768), ("2K", Sizes2K));

    /// <summary>Frames of every model.</summary>
    public static FrameTable Frames { get; } = FrameTable.Exact(_ratios, ("768P", Sizes768), ("2K", Sizes2K), ("480P", Sizes480));

    /// <summary>https://platform.minimax.io/docs/api-reference/errorcode, 2026-11-22.</summary>
    public static IReadOnlyDictionary<string, string> ErrorWords { get; } = new Dictionary<string, string>
    {
        ["1004"] = "authentication",
        ["1008"] = "insufficient_balance",
        ["1026"] = "sensitive",
        ["1027"] = "sensitive",
    };

    public static IReadOnlyList<ModelInfo> At(string provider, Uri address) =>
    [
        Row(provider, Full, "MiniMax H3", 4) with { Sizes = _full.Rule, MaxReferences = 9, Price = PriceAt(address) },
        Row(provider, "MiniMax-H3-Max", "MiniMax H3 Max", 5) with { Sizes = _max.Rule },
    ];

    /// <summary>The seconds it says that it made, at the price of the frame that was asked for, if that is what it made; and pictures beyond the free ones.</summary>
    public static decimal? Charge(Price price, WireTask task, RemoteJob job) =>
        Frames.Words(job.Request.Size)?.Resolution is { } asked && asked.Equals(task.Resolution, StringComparison.OrdinalIgnoreCase)
            ? price.Estimate(job.Request.Size, task.Usage?.TotalSeconds, images: 0) + (UsdPerReference * Math.Max(0, job.Request.References.Count - FreeReferences))
            : null;

    // An address in China is paid in yuan.
    private static Price? PriceAt(Uri address) => address.Host.EndsWith(".minimaxi.com", StringComparison.OrdinalIgnoreCase) ? null : new Price(0.08m, PriceUnit.Second)
    {
        Larger = [new PriceStep(1080, 0.13m)],
        Source = "https://platform.minimax.io/docs",
        SourceDate = new DateOnly(2026, 11, 21),
    };

    private static ModelInfo Row(string provider, string name, string title, int shortest) => new()
    {
        Id = $"{provider}/{name}",
        Title = title,
        Durations = DurationRule.Between(shortest, 15, 5) with { Whole = true },
        MaxPromptLength = 7_000,
        FirstFrame = true,
        LastFrame = true,
        Audio = AudioRule.Always,
        Source = "https://platform.minimax.io/docs, @ai-sdk/minimax 3.0.45",
        SourceDate = new DateOnly(2026, 11, 21),
    };
}
