using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Images;

/// <summary>Parameters that several image tools share, and the draft they become.</summary>
internal static class ImageParams
{
    public static TextParam ImageId { get; } = new("image_id") { Required = true, MaxLength = 60, BlamedFor = [ErrorCodes.NotFound, ErrorCodes.NotReady] };

    /// <summary>See <see cref="ImageInputs"/>.</summary>
    public static TextParam ImagePath { get; } = new("image_path")
    {
        Required = true,
        MaxLength = EncodedPicture.MaxLength,
        About = "Image id, file name, URL or base64",
        BlamedFor = [ErrorCodes.NotFound],
        FoundBy = FoundBy.References,
    };

    public static TextParam Mask { get; } = new("mask_path") { MaxLength = EncodedPicture.MaxLength, About = "PNG, transparent where to paint", FoundBy = FoundBy.References };

    public static TextParam Size { get; } = new("size") { MaxLength = 20, About = "WIDTHxHEIGHT or auto" };

    public static TextParam Quality { get; } = new("quality") { Choices = ImageWords.Qualities };

    public static TextParam Background { get; } = new("background") { Choices = ImageWords.Backgrounds };

    public static TextParam Format { get; } = new("output_format") { Choices = ImageWords.Formats };

    public static IntegerParam Count { get; } = new("count", 1, 10) { Default = 1 };

    public static FlagParam Preview { get; } = new("preview");

    /// <summary>What every tool that makes a picture takes, after its own parameters.</summary>
    public static IReadOnlyList<Param> Look { get; } = [Size, Quality, Background, Format];

    public static IReadOnlyList<Param> Safety { get; } = [VideoParams.MaxCost, VideoParams.IdempotencyKey];

    /// <summary>A draft with what every kind of picture has; parameters that a tool lacks are left at their defaults.</summary>
    public static GenerationDraft Draft(GivenArguments given) => new()
    {
        Kind = MediaKind.Image,
        Prompt = given.Text("prompt"),
        Model = given.TextOrNull("model"),
        Size = given.TextOrNull("size"),
        Quality = given.TextOrNull("quality"),
        Background = given.TextOrNull("background"),
        Format = given.TextOrNull("output_format"),
        Count = (int?)given.IntegerOrNull("count"),
        Seed = given.IntegerOrNull("seed"),
        UseCase = given.TextOrNull("use_case"),
        MaxCostUsd = given.NumberOrNull("max_cost_usd"),
        IdempotencyKey = given.TextOrNull("idempotency_key"),
        MergeRepeats = true,
    };
}
