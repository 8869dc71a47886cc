using System.Text.RegularExpressions;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>US dollars for a million tokens.</summary>
internal sealed record TokenPrice(decimal TextIn, decimal ImageIn, decimal ImageOut);

/// <summary>One model of OpenAI's as the vendor describes it.</summary>
/// <param name="Mainline">A chat model that makes pictures with the image tool.</param>
internal sealed record KnownModel(string Name, ImageRule Image, SizeRule Sizes, bool Mainline = false)
{
    /// <summary>Null where it is not known: what was charged is then not told, rather than guessed.</summary>
    public TokenPrice? Price { get; init; }

    public DateOnly? RetiresOn { get; init; }

    /// <summary>The name of the model to suggest in its place.</summary>
    public string? Replacement { get; init; }
}

/// <summary>
/// OpenAI's models for pictures, the default first (openai-node 7.57.0, src/resources/images.ts and responses.ts, and the vendor's image guide; both
/// read 2026-11-21). gpt-image-2 comes first because every account and gateway has it.
/// </summary>
internal static partial class KnownModels
{
    public const string Source = "https://developers.openai.com/api/docs/guides/image-generation";

    public static readonly DateOnly Read = new(2026, 11, 21);

    private static readonly TokenPrice _price = new(TextIn: 5, ImageIn: 8, ImageOut: 30);

    // Over 2560x1440 is experimental there. The shortest side that both limits leave is 480.
    private static readonly SizeRule _anySize = new()
    {
        MinSide = 480,
        MaxSide = 3840,
        Step = 16,
        MinPixels = 655_360,
        MaxPixels = 8_294_400,
        MaxRatio = 3,
        Default = new FrameSize(1024, 1024),
    };

    private static readonly SizeRule _threeSizes = new()
    {
        Allowed = [new FrameSize(1024, 1024), new FrameSize(1536, 1024), new FrameSize(1024, 1536)],
        Default = new FrameSize(1024, 1024),
    };

    // Transparency of gpt-image-2 is a preview, and was once reported missing: the answer is looked at.
    private static readonly ImageRule _three = new()
    {
        MaxCount = 10,
        MaxInputs = 16,
        Mask = true,
        Qualities = ["auto", "low", "medium", "high"],
        Transparent = true,
        ChoosesSize = true,
    };

    private static readonly ImageRule _five = _three with { Qualities = ["auto", "low", "medium", "high", "xhigh", "max"] };

    // The tool makes one picture a call, and which image model it takes is the vendor's choice.
    private static readonly ImageRule _tool = _five with { MaxCount = 1 };

    public static readonly IReadOnlyList<KnownModel> All =
    [
        new("gpt-image-2", _three, _anySize) { Price = _price },
        new("gpt-image-2.6-flare", _five, _anySize) { Price = _price },
        new("gpt-image-2.6-sunburst", _five, _anySize) { Price = _price },
        new("gpt-image-2.5-flare", _five, _anySize) { Price = _price },
        new("gpt-image-2.5-sunburst", _five, _anySize) { Price = _price },
        new("gpt-image-1.5", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 12, 1), Replacement = "gpt-image-2" },
        new("gpt-image-1-mini", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 12, 1), Replacement = "gpt-image-2" },
        new("chatgpt-image-latest", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 12, 1), Replacement = "gpt-image-2" },
        new("gpt-image-1", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 10, 23), Replacement = "gpt-image-2" },
        new("dall-e-3", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 5, 12), Replacement = "gpt-image-2" },
        new("dall-e-2", _three, _threeSizes) { RetiresOn = new DateOnly(2026, 5, 12), Replacement = "gpt-image-2" },
        new("gpt-5.6-sol", _tool, _anySize, Mainline: true),
        new("gpt-5.6-terra", _tool, _anySize, Mainline: true),
        new("gpt-5.6-luna", _tool, _anySize, Mainline: true),
        new("gpt-6-luna", _tool, _anySize, Mainline: true),
        new("gpt-5", _tool, _anySize, Mainline: true) { RetiresOn = new DateOnly(2026, 12, 11), Replacement = "gpt-5.6-sol" },
        new("o3", _tool, _anySize, Mainline: true) { RetiresOn = new DateOnly(2026, 12, 11), Replacement = "gpt-5.6-sol" },
    ];

    /// <summary>The row for a name, also for a dated snapshot of it (<c>gpt-image-2-2026-04-21</c>); null when it is not known here.</summary>
    public static KnownModel? Find(string name)
    {
        var bare = Snapshot().Replace(name, "");
        return All.FirstOrDefault(model => model.Name == name) ?? All.FirstOrDefault(model => model.Name == bare);
    }

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Snapshot();
}
