using System.Globalization;
using System.Text.Json;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Schema;

namespace Kinora.Server.Api.Videos;

/// <summary>What requests about videos are made of, and the drafts they become. Fields in camelCase are the original's.</summary>
internal static class VideoParams
{
    public static readonly FrameSize DefaultSize = new(1280, 720);
    public const double DefaultSeconds = 8;

    private const int LongestPicture = 14 << 20;

    public static TextParam Prompt { get; } = new("prompt") { MaxLength = TextParam.LongestText, MinLength = 0, About = "What the video shows; at most 32,000 characters" };

    public static TextParam Model { get; } = new("model") { MaxLength = 200, About = "An id or alias of /api/models; unset: the default model" };

    public static TextOrNumberParam Seconds { get; } = new("seconds");

    public static IntegerParam Seed { get; } = new("seed", 0, (1L << 53) - 1) { ShowRange = false };

    public static NumberParam MaxCost { get; } = new("max_cost_usd", 0, 1_000_000) { About = "Refuse when the estimate is higher, or not known" };

    public static JsonParam Options { get; } = new("options", "object") { About = "Wishes that only some models know, such as {\"watermark\": false}; /api/models lists the options of each" };

    /// <exception cref="KinoraException"><c>invalid_request</c>: a value that is no plain one.</exception>
    public static IReadOnlyDictionary<string, string>? ReadOptions(GivenArguments given) => given.JsonOrNull("options") is not { } options ? null : options.EnumerateObject().ToDictionary(
        one => one.Name,
        one => one.Value.ValueKind switch
        {
            JsonValueKind.String => one.Value.GetString()!,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => one.Value.GetRawText(),
            _ => throw KinoraException.Invalid([new Fault("options", "The values of options are texts, numbers, true or false.")]),
        },
        StringComparer.Ordinal);

    public static ApiBody Create { get; } = new(
        Prompt, Model,
        new TextParam("size") { MaxLength = 20, About = $"WIDTHxHEIGHT; unset: {DefaultSize} where the model makes it, else its default" },
        Seconds with { About = "Length; unset: 8 where the model makes it, else its default" },
        new TextParam("negative_prompt") { MaxLength = TextParam.LongestText }, new TextParam("negativePrompt") { MaxLength = TextParam.LongestText, MinLength = 0 },
        new FlagParam("audio") { Default = null }, new FlagParam("generateAudio") { Default = null },
        new TextParam("resolution") { Choices = ["720p", "1080p"] },
        new TextParam("veoImageMode") { MaxLength = 40, MinLength = 0, About = "Taken for the original's sake; the files themselves say what they are" },
        new TextParam("personGeneration") { MaxLength = 40, MinLength = 0, About = "Taken for the original's sake; without effect, which a warning of the job says" },
        Seed,
        Picture("input_reference"), Url("input_reference"), Picture("first_frame"), Url("first_frame"), Picture("last_frame"), Url("last_frame"), File("input_reference"), File("last_frame"),
        Options, MaxCost)
    {
        Form = true,
        Files =
        [
            new ApiFile("input_reference", 1, "First frame, cut and scaled to the size"),
            new ApiFile("first_frame", 1, "The same under its other name"),
            new ApiFile("last_frame", 1, "Last frame"),
            new ApiFile("reference_images", 3, "Pictures to be guided by"),
        ],
        OnlyOneOf = ["input_reference", "input_reference_url", "input_reference_filename", "first_frame", "first_frame_url"],
        Example = """{"prompt":"A cat riding a motorcycle through a neon city","model":"sora-2","size":"1280x720","seconds":"8"}""",
    };

    /// <exception cref="KinoraException">What can be told before the model is known.</exception>
    public static GenerationDraft Draft(ApiCall call)
    {
        var given = call.Arguments;
        return JobRoutes.Safely(call, new GenerationDraft
        {
            Prompt = RequirePrompt(given),
            Model = given.TextOrNull("model"),
            Size = given.TextOrNull("size") ?? (given.TextOrNull("resolution") switch { "1080p" => "1920x1080", "720p" => "1280x720", _ => null }),
            Seconds = ReadSeconds(given),
            NegativePrompt = given.TextOrNull("negative_prompt") ?? (given.TextOrNull("negativePrompt") is { Length: > 0 } negative ? negative : null),
            Audio = given.Has("audio") ? given.Flag("audio") : given.Has("generateAudio") ? given.Flag("generateAudio") : null,
            Seed = given.IntegerOrNull("seed"),
            FirstFrame = JobRoutes.Picture(call, "input_reference") ?? JobRoutes.Picture(call, "first_frame"),
            LastFrame = JobRoutes.Picture(call, "last_frame"),
            References = call.Files("reference_images"),
            FitFrames = true,
            Warnings = [.. Unheeded(given)],
            Options = ReadOptions(given),
        });
    }

    private static IEnumerable<string> Unheeded(GivenArguments given)
    {
        if (given.TextOrNull("personGeneration") is { Length: > 0 })
        {
            yield return "personGeneration is without effect here; what may be shown is up to the model's provider.";
        }

        if (given.Has("resolution") && given.Has("size"))
        {
            yield return "resolution is without effect beside size.";
        }
    }

    /// <exception cref="KinoraException"><c>invalid_request</c>.</exception>
    public static string RequirePrompt(GivenArguments given) =>
        given.TextOrNull("prompt") is { } prompt && !string.IsNullOrWhiteSpace(prompt) ? prompt : throw KinoraException.Invalid([new Fault("prompt", "Prompt is required")]);

    /// <exception cref="KinoraException"><c>invalid_request</c>.</exception>
    public static double? ReadSeconds(GivenArguments given) =>
        given.TextOrNull("seconds") is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw KinoraException.Invalid([new Fault("seconds", "seconds must be a number like 8 or \"8\".")]);

    private static TextParam Picture(string name) => new(name) { MaxLength = LongestPicture, About = "As text: an image id of /api/images, base64 or a data URL" };

    private static TextParam File(string name) => new(name + "_filename") { MaxLength = 300, About = "A picture of /api/references" };

    private static TextParam Url(string name) => new(name + "_url") { MaxLength = 2_000 };
}
