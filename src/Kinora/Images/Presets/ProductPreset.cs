using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Images.Presets;

/// <summary>A picture of a product for a shop: words of a shop's brief become the words and settings of a photographer's. It is never called a product, which the built-in renderer would draw.</summary>
public sealed record ProductPreset(string Product)
{
    public const int MostTakes = 3;

    private static readonly PresetChoice Background = new(
        "background_type",
        ("white", "Seamless pure white background (#FFFFFF) with one faint contact shadow; no props"),
        ("transparent", "Cut out on a fully transparent background: clean edges, no backdrop, no cast shadow, no halo, no props"),
        ("lifestyle", "In a believable place where it is really used, with a few fitting props slightly out of focus; it stays the clear subject"));

    private static readonly PresetChoice Camera = new(
        "angle",
        ("front", "Straight front view at its own height, upright lines kept upright"),
        ("side", "Exact side view in profile at its own height"),
        ("three-quarter", "Three-quarter view from slightly above that shows the front and one side"),
        ("top", "View from straight above, the camera parallel to the surface"));

    private static readonly PresetChoice Light = new(
        "lighting",
        ("studio", "Even professional light from two large softboxes, controlled highlights, no harsh shadows"),
        ("natural", "Natural daylight from one side, neutral white balance, gentle shadows"),
        ("dramatic", "Dramatic light: one hard key light from the side, deep shadows on the object itself, a bright rim along its edge"),
        ("soft", "Very soft light from all around, low contrast, hardly any shadow"));

    /// <summary>What makes the takes of a batch differ: equal requests would be taken for one that was sent again.</summary>
    private static readonly string[] Takes = ["", " Second take: a tighter crop.", " Third take: more empty space around it."];

    private const string Craft =
        "Photorealistic: the whole object in the frame and in sharp focus, its shape, proportions, colours, materials and printed text true to "
        + "the description. No added text, logo or watermark.";

    public string BackgroundType { get; init; } = Background.Words[0];

    public string Angle { get; init; } = Camera.Words[0];

    public string Lighting { get; init; } = Light.Words[0];

    public static IReadOnlyList<string> BackgroundTypes => Background.Words;

    public static IReadOnlyList<string> Angles => Camera.Words;

    public static IReadOnlyList<string> Lightings => Light.Words;

    /// <summary>One request for each picture of a batch: when one fails, the others are still made.</summary>
    /// <param name="takes">1 to <see cref="MostTakes"/>.</param>
    /// <exception cref="KinoraException">Every field that is wrong, with what is allowed.</exception>
    public IReadOnlyList<GenerationDraft> Drafts(int takes)
    {
        PresetText.Require(
            PresetText.Check("product_description", Product, "what the product is: kind, shape, colours, materials"),
            Background.Check(BackgroundType),
            Camera.Check(Angle),
            Light.Check(Lighting),
            takes is >= 1 and <= MostTakes ? null : new Fault("batch_count", $"batch_count is 1 to {MostTakes}; {takes} was given."));
        var words = $"Catalogue photograph of {PresetText.Clause(Product)}. {Camera[Angle]}. {Background[BackgroundType]}. {Light[Lighting]}. {Craft}";
        return [.. Takes[..takes].Select(take => new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = words + take,
            Size = "1024x1024",
            Quality = "high",
            Background = BackgroundType == "transparent" ? "transparent" : null,
            UseCase = "product",
        })];
    }
}
