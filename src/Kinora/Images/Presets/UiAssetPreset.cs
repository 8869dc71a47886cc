using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Images.Presets;

/// <summary>A picture for a user interface: what it is for decides size, background and what must be left out.</summary>
public sealed record UiAssetPreset(string AssetType, string Description)
{
    private const string Square = "1024x1024";
    private const string Wide = "1536x1024";

    /// <summary>Transparent kinds are cut out whatever the theme: they are laid over a page whose colour is not known.</summary>
    private static readonly Kind[] Kinds =
    [
        new("icon", "Icon of", "One centred symbol with a simple silhouette that is still read at 16 pixels, even weight, a clear margin on all sides; cut out on a transparent background, no tile, frame or shadow around it")
        {
            Transparent = true,
            // No provider makes it so small: rendered larger and scaled down.
            SmallIs = new FrameSize(512, 512),
        },
        new("illustration", "Illustration for a user interface showing", "One clear idea as focus, a limited palette, clean edges; cut out on a transparent background") { Transparent = true, Large = Wide },
        new("background", "Background picture for a user interface:", "Calm and low in contrast from edge to edge, no focal point, so that text and controls over it stay readable") { Large = Wide },
        new("hero", "Header picture for a website:", "Wide composition: the subject in the right half, calm empty space in the left half for a headline") { Standard = Wide, Large = Wide },
    ];

    private static readonly PresetChoice Type = new("asset_type", [.. Kinds.Select(k => (k.Word, k.Craft))]);

    private static readonly PresetChoice Look = new(
        "theme",
        ("modern", "Modern look: clean geometry, generous space, one confident accent colour"),
        ("classic", "Classic look: balanced proportions, restrained colours, careful detail"),
        ("minimal", "Minimal look: the fewest shapes that carry the idea, at most two colours, much empty space"),
        ("playful", "Playful look: rounded friendly shapes, bright cheerful colours, a touch of humour"));

    private static readonly PresetChoice Drawing = new(
        "style_preset",
        ("flat", "Drawn flat: solid fills, no gradients, shadows or textures"),
        ("3d", "Drawn in 3D: soft rounded volumes, smooth matte materials, gentle shading"),
        ("outline", "Drawn in outline: lines of one weight with round ends, no fills"),
        ("filled", "Drawn filled: solid glyph-like shapes, inner details cut out as empty space, no outlines"));

    private static readonly PresetChoice Room = new("size_preset", ("standard", ""), ("small", ""), ("large", ""));

    private const string Craft = "No text, logos, watermark, buttons or device frames.";

    public string Theme { get; init; } = Look.Words[0];

    public string StylePreset { get; init; } = Drawing.Words[0];

    public string SizePreset { get; init; } = Room.Words[0];

    public static IReadOnlyList<string> AssetTypes => Type.Words;

    public static IReadOnlyList<string> Themes => Look.Words;

    public static IReadOnlyList<string> StylePresets => Drawing.Words;

    public static IReadOnlyList<string> SizePresets => Room.Words;

    /// <exception cref="KinoraException">Every field that is wrong, with what is allowed.</exception>
    public GenerationDraft Draft()
    {
        PresetText.Require(
            Type.Check(AssetType),
            PresetText.Check("description", Description, "what it shows"),
            Look.Check(Theme),
            Drawing.Check(StylePreset),
            Room.Check(SizePreset));
        var kind = Array.Find(Kinds, k => k.Word == AssetType)!;
        return new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = $"{kind.Opening} {PresetText.Clause(Description)}. {kind.Craft}. {Look[Theme]}. {Drawing[StylePreset]}. {Craft}",
            Size = SizePreset == "large" ? kind.Large : kind.Standard,
            ScaleTo = SizePreset == "small" ? kind.SmallIs : null,
            Quality = "high",
            Background = kind.Transparent ? "transparent" : null,
            UseCase = AssetType,
        };
    }

    private sealed record Kind(string Word, string Opening, string Craft)
    {
        public bool Transparent { get; init; }

        public string Standard { get; init; } = Square;

        public string Large { get; init; } = Square;

        /// <summary>What a small one is brought to; null where small is as the standard.</summary>
        public FrameSize? SmallIs { get; init; }
    }
}
