using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Api.Videos;
using Kinora.Server.Schema;

namespace Kinora.Server.Api.Images;

/// <summary>What requests for pictures are made of, alone and within a session.</summary>
internal static class ImageParams
{
    private const int MostInputs = 16;
    private const int LongestPicture = 14 << 20;

    public static ApiBody Create { get; } = Body(VideoParams.Model, new TextParam("use_case") { Choices = [.. ImageWords.UseCases.Keys] });

    public static ApiBody Turn { get; } = Body();

    /// <exception cref="KinoraException">What can be told before the model is known.</exception>
    public static GenerationDraft Draft(ApiCall call)
    {
        var given = call.Arguments;
        return JobRoutes.Safely(call, new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = VideoParams.RequirePrompt(given),
            Model = given.TextOrNull("model"),
            Size = given.TextOrNull("size"),
            Quality = given.TextOrNull("quality"),
            Background = given.TextOrNull("background"),
            Format = given.TextOrNull("format"),
            Count = (int?)given.IntegerOrNull("count"),
            Seed = given.IntegerOrNull("seed"),
            UseCase = given.TextOrNull("use_case"),
            SourceId = given.TextOrNull("from_image_id"),
            References = call.File("image") is null && JobRoutes.Picture(call, "image") is { } picture ? [picture] : call.Files("image"),
            Mask = JobRoutes.Picture(call, "mask"),
        });
    }

    private static ApiBody Body(params IReadOnlyList<Param> more) => new(
    [
        VideoParams.Prompt with { About = "What the picture shows, or what is to be changed; at most 32,000 characters" },
        .. more,
        new TextParam("size") { MaxLength = 20, About = "WIDTHxHEIGHT or auto" },
        new TextParam("quality") { Choices = ImageWords.Qualities },
        new TextParam("background") { Choices = ImageWords.Backgrounds },
        new TextParam("format") { Choices = ImageWords.Formats },
        new IntegerParam("count", 1, 10),
        new TextParam("from_image_id") { MaxLength = 60, About = "A picture made here to go on from" },
        new TextParam("image") { MaxLength = LongestPicture, About = "A picture to change, as text: an image id, base64 or a data URL" },
        new TextParam("image_url") { MaxLength = 2_000 },
        new TextParam("mask") { MaxLength = LongestPicture, About = "PNG, transparent where to paint, as base64 or a data URL" },
        VideoParams.Seed,
        VideoParams.MaxCost,
    ])
    {
        Form = true,
        Files = [new ApiFile("image", MostInputs, "Pictures to change or draw from"), new ApiFile("mask", 1, "PNG, transparent where to paint")],
        OnlyOneOf = ["image", "image_url"],
        Example = """{"prompt":"A red kite over dunes","size":"1024x1024"}""",
    };
}
