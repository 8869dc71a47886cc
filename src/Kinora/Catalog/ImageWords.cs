namespace Kinora.Catalog;

/// <summary>The words of image requests, as the field uses them (OpenAI's image API).</summary>
public static class ImageWords
{
    public static readonly IReadOnlyList<string> Formats = ["png", "jpeg", "webp"];

    /// <summary>Models tell some of these apart, or none; the last two are of newer ones.</summary>
    public static readonly IReadOnlyList<string> Qualities = ["auto", "low", "medium", "high", "xhigh", "max"];

    public static readonly IReadOnlyList<string> Backgrounds = ["auto", "transparent", "opaque"];

    /// <summary>Of a picture that belongs to no session: what it is for.</summary>
    public const string General = "general";

    /// <summary>What a picture is for, and the folder of the workspace where such pictures lie.</summary>
    public static readonly IReadOnlyDictionary<string, string> UseCases = new Dictionary<string, string>
    {
        [General] = "single_shot",
        ["product"] = "products",
        ["icon"] = "ui_assets/icons",
        ["illustration"] = "ui_assets/illustrations",
        ["background"] = "ui_assets/backgrounds",
        ["hero"] = "ui_assets/heroes",
        ["style_series"] = "style_series",
    };
}
