using System.Globalization;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Api;
using Kinora.Server.Api.Videos;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway;

/// <summary>What OpenAI's requests are made of, and what they become. Ours beside it goes under one key, <c>kinora</c>.</summary>
internal static class GatewayParams
{
    /// <summary>Characters of a picture as text (openai-openapi 2.3.0, <c>ImageRefParam</c>).</summary>
    public const int LongestImageUrl = 20_971_520;

    /// <summary>A body with a picture as large as that, and what goes around it.</summary>
    public const int MaxJsonBytes = 24 << 20;

    public static TextParam Prompt { get; } = new("prompt") { MaxLength = TextParam.LongestText, Required = true };

    public static TextParam Model { get; } = new("model") { MaxLength = 200, About = "An id or alias of /v1/models; unset: sora-2, which stands for the default model" };

    /// <summary>Text, as OpenAI has it: a number is refused there too.</summary>
    public static TextParam Seconds { get; } = new("seconds") { MaxLength = 20, About = "As text, like \"8\"" };

    public static TextParam Size { get; } = new("size") { MaxLength = 20, About = "WIDTHxHEIGHT" };

    /// <summary>What OpenAI's API has no words for.</summary>
    public static ObjectParam Kinora { get; } = new(
        "kinora",
        VideoParams.Seed,
        new TextParam("negative_prompt") { MaxLength = TextParam.LongestText },
        new FlagParam("audio") { Default = null },
        VideoParams.Options,
        VideoParams.MaxCost)
    {
        About = "What OpenAI's API has no words for",
    };

    /// <summary>A picture as an object: by its address, a data URL, or the id of a file that was uploaded.</summary>
    public static ObjectParam Picture(string name) => new(
        name,
        new TextParam("image_url") { MaxLength = LongestImageUrl, About = "http, https or a data URL" },
        new TextParam("file_id") { MaxLength = 100, About = "A file of /v1/files" })
    {
        OnlyOneOf = ["image_url", "file_id"],
    };

    /// <summary>The body of a create, with what is the same in all of them.</summary>
    public static ApiBody Body(string example, IReadOnlyList<ApiFile> files, params IReadOnlyList<Param> fields) => new([.. fields, Kinora])
    {
        Form = true,
        Files = files,
        MaxJsonBytes = MaxJsonBytes,
        MaxFieldBytes = MaxJsonBytes,
        Example = example,
    };

    /// <summary>The picture under a name, however it came; null when there is none.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: an object that names none.</exception>
    public static ImageSource? ReadPicture(ApiCall call, string name) =>
        call.File(name) ?? (call.Arguments.Object(name) is { } picture ? ReadPicture(name, picture) : null);

    /// <exception cref="KinoraException"><c>invalid_request</c>: it names none.</exception>
    public static ImageSource ReadPicture(string name, GivenArguments picture) =>
        picture.TextOrNull("image_url") is { } url ? FromUrl(name, url)
        : picture.TextOrNull("file_id") is { } file ? new ImageSource.Uploaded(name, file)
        : throw KinoraException.Invalid([new Fault(name, $"{name} needs one of image_url and file_id.") { Kind = FaultKind.Missing }]);

    public static ImageSource FromUrl(string name, string url) =>
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new ImageSource.Encoded(name, url) : new ImageSource.Link(name, url);

    /// <exception cref="KinoraException"><c>invalid_request</c>.</exception>
    public static double? ReadSeconds(GivenArguments given) =>
        given.TextOrNull("seconds") is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw KinoraException.Invalid([new Fault("seconds", "seconds must be a number as text, like \"8\".")]);

    /// <summary>What is under <c>kinora</c>, and how the request is known again.</summary>
    public static GenerationDraft Complete(ApiCall call, GenerationDraft draft)
    {
        var more = call.Arguments.Object("kinora") ?? GivenArguments.None;
        return Resends.Mark(call, draft with
        {
            Seed = more.IntegerOrNull("seed"),
            NegativePrompt = more.TextOrNull("negative_prompt"),
            Audio = more.Has("audio") ? more.Flag("audio") : null,
            MaxCostUsd = more.NumberOrNull("max_cost_usd"),
            Options = VideoParams.ReadOptions(more),
        });
    }
}
