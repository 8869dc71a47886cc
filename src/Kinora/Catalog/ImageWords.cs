namespace Kinora.Catalog;

/// <summary>The words of image requests, as the field uses them (OpenAI's image API).</summary>
public static class ImageWords
{
    public static readonly IReadOnlyList<string> Formats = ["png", "jpeg", "webp"];

    /// <summary>Every model knows the first four or passes them over; the last two are of newer ones.</summary>
    public static readonly IReadOnlyList<string> Qualities = ["auto", "low", "medium", "high", "xhigh", "max"];

    public static readonly IReadOnlyList<string> Backgrounds = ["auto", "transparent", "opaque"];

    /// <summary>What a picture is for; each has a folder of its own in the workspace.</summary>
    public static readonly IReadOnlyList<string> UseCases = ["general", "product", "ui_asset", "style_series"];
}
