using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Api;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway.Images;

/// <summary>What is asked of one of OpenAI's image operations.</summary>
/// <param name="Links">The pictures are told by their addresses.</param>
internal sealed record ImageOrder(GenerationDraft Draft, bool Stream, bool Links);

/// <summary>OpenAI's requests for pictures (openai-node 7.57.0, <c>resources/images.ts</c>), and what they become.</summary>
internal static class ImageParams
{
    private const int MostInputs = 16;

    public static TextParam Model { get; } = new("model") { MaxLength = 200, About = "An id or alias of /v1/models; unset: the default image model" };

    public static TextParam Background { get; } = new("background") { Choices = ImageWords.Backgrounds };

    public static TextParam Format { get; } = new("output_format") { Choices = ImageWords.Formats };

    public static TextParam Size { get; } = new("size") { MaxLength = 20, About = "WIDTHxHEIGHT or auto" };

    /// <summary>Those that this server can do nothing with, wherever pictures are made.</summary>
    public static IReadOnlyList<Param> WithoutEffect { get; } =
    [
        new IntegerParam("output_compression", 0, 100), new IntegerParam("partial_images", 0, 3) { About = "No model here gives any, so none are sent" },
        new TextParam("moderation") { Choices = ["auto", "low"] }, new TextParam("input_fidelity") { Choices = ["low", "high"] }, new TextParam("complexity") { Choices = ["low", "medium", "high"] },
    ];

    public static (string Name, string? Usual)[] Usual { get; } =
        [("output_compression", "100"), ("partial_images", "0"), ("moderation", "auto"), ("input_fidelity", null), ("complexity", null)];

    public static ApiBody Generation { get; } = GatewayParams.Body("""{"prompt":"A red kite over dunes","size":"1024x1024"}""", [], [.. Common, new TextParam("style") { Choices = ["vivid", "natural"] }]);

    public static ApiBody Edit { get; } = GatewayParams.Body(
        $$"""{"prompt":"The same by night","images":[{"image_url":"{{SmallPicture}}"}]}""",
        [new ApiFile("image", MostInputs, "Pictures to change or draw from, in order"), new ApiFile("mask", 1, "PNG, transparent where to paint, of the size of the first picture")],
        [
            .. Common,
            new ObjectListParam("images", MostInputs, GatewayParams.Picture("image").Fields) { About = "In JSON: the pictures, instead of files" },
            GatewayParams.Picture("mask") with { OrFile = true },
        ]) with
    {
        OnlyOneOf = ["image", "images"],
    };

    /// <summary>A grey square.</summary>
    private const string SmallPicture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKUlEQVR42u3MQREAAAwCIKMb3RD77SAA6VEEAoFAIBAIBAKBQCAQfA8G320AeXC6efoAAAAASUVORK5CYII=";

    private static IReadOnlyList<Param> Common =>
    [
        GatewayParams.Prompt, Model, new IntegerParam("n", 1, 10), Size,
        new TextParam("quality") { Choices = [.. ImageWords.Qualities, "standard", "hd"] }, Background, Format,
        new TextParam("response_format") { Choices = ["b64_json", "url"], About = "url: links that open for a few minutes" },
        new FlagParam("stream") { Default = null, About = "Server-sent events, one for each picture" },
        .. WithoutEffect, new TextParam("user"), new TextParam("safety_identifier"),
    ];

    /// <exception cref="KinoraException">What can be told before the model is known.</exception>
    public static ImageOrder Read(ApiCall call, bool edits)
    {
        var given = call.Arguments;
        var (quality, warnings) = Quality(given);
        warnings.AddRange(TakenWithoutEffect.Warnings(given, "", [.. Usual, ("style", null), ("user", null), ("safety_identifier", null)]));
        var (stream, links) = (given.Has("stream") && given.Flag("stream"), given.TextOrNull("response_format") == "url");
        if (stream && links)
        {
            warnings.Add("response_format: taken, and without effect here; events hold the pictures themselves.");
        }

        return new ImageOrder(
            GatewayParams.Complete(call, new GenerationDraft
            {
                Kind = MediaKind.Image,
                Prompt = given.Text("prompt"),
                Model = given.TextOrNull("model"),
                Count = (int?)given.IntegerOrNull("n"),
                Size = given.TextOrNull("size"),
                Quality = quality,
                Background = given.TextOrNull("background"),
                Format = given.TextOrNull("output_format"),
                References = edits ? Pictures(call) : [],
                Mask = edits ? GatewayParams.ReadPicture(call, "mask") : null,
                Warnings = warnings,
            }),
            stream,
            links);
    }

    /// <summary>The words of retired models too.</summary>
    private static (string? Quality, List<string> Warnings) Quality(GivenArguments given) => given.TextOrNull("quality") switch
    {
        "standard" => (null, ["quality: standard is a word of retired models; the model chooses."]),
        "hd" => ("high", ["quality: hd is a word of retired models; this is high."]),
        var word => (word, []),
    };

    private static List<ImageSource> Pictures(ApiCall call)
    {
        var pictures = call.Files("image").Concat(call.Arguments.Objects("images").Select((picture, i) => GatewayParams.ReadPicture(FormattableString.Invariant($"images[{i}]"), picture))).ToList();
        return pictures.Count > 0 ? pictures : throw KinoraException.Invalid([new Fault(
            "image", "image is missing: send one to 16 files under this name, or images as a list of objects with image_url or file_id.") { Kind = FaultKind.Missing }]);
    }
}
