using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>A create of a video or of pictures: the two share most of their fields.</summary>
internal sealed record WireCreate
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public int? Duration { get; init; }

    public string? Size { get; init; }

    public string? Resolution { get; init; }

    public string? AspectRatio { get; init; }

    public long? Seed { get; init; }

    public bool? GenerateAudio { get; init; }

    public IReadOnlyList<WirePicture>? FrameImages { get; init; }

    public IReadOnlyList<WirePicture>? InputReferences { get; init; }

    public Uri? CallbackUrl { get; init; }

    public int? N { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    public string? OutputFormat { get; init; }
}

/// <param name="FrameType"><c>first_frame</c> or <c>last_frame</c>; null for a reference.</param>
internal sealed record WirePicture(WireLink ImageUrl, string? FrameType = null, string Type = "image_url");

internal sealed record WireLink(DataUrl Url);

internal sealed record WireTask
{
    public string? Id { get; init; }

    public string? PollingUrl { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? Progress { get; init; }

    /// <summary>The authenticated way to the results: with our key, as long as they lead home.</summary>
    public IReadOnlyList<string?>? UnsignedUrls { get; init; }

    /// <summary>Signed links of a store: never with our key.</summary>
    public IReadOnlyList<string?>? Urls { get; init; }

    public WireUsage? Usage { get; init; }
}

internal sealed record WireUsage
{
    /// <summary>US dollars.</summary>
    [JsonConverter(typeof(LooseNumber))]
    public double? Cost { get; init; }
}

internal sealed record WirePictures(IReadOnlyList<WireMade?>? Data, WireUsage? Usage);

internal sealed record WireMade([property: JsonConverter(typeof(PictureBytes))] byte[]? B64Json);

/// <summary>What is kept beside the id of a job.</summary>
internal sealed record RemoteNote(string? PollingUrl);

internal sealed record WireVideoModels(IReadOnlyList<WireVideoModel?>? Data);

internal sealed record WireVideoModel
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<double>? SupportedDurations { get; init; }

    public IReadOnlyList<string?>? SupportedResolutions { get; init; }

    public IReadOnlyList<string?>? SupportedAspectRatios { get; init; }

    public IReadOnlyList<string?>? SupportedSizes { get; init; }

    public IReadOnlyList<string?>? SupportedFrameImages { get; init; }

    public bool? GenerateAudio { get; init; }

    public bool? Seed { get; init; }

    /// <summary>Set for models that only make videos larger.</summary>
    public JsonElement? UpscaleFactor { get; init; }

    /// <summary>Dollars or cents as text, by what they are for.</summary>
    public IReadOnlyDictionary<string, JsonElement>? PricingSkus { get; init; }
}

internal sealed record WireImageModels(IReadOnlyList<WireImageModel?>? Data);

internal sealed record WireImageModel
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, WireCapability?>? SupportedParameters { get; init; }
}

/// <summary>What a field takes: a choice of words, a range, or anything.</summary>
internal sealed record WireCapability(IReadOnlyList<string?>? Values, double? Max);

/// <summary>The catalogue as it lies in the data folder.</summary>
internal sealed record KeptCatalogue(DateTimeOffset ReadAt, IReadOnlyList<WireVideoModel?> Videos, IReadOnlyList<WireImageModel?> Images);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireTask))]
[JsonSerializable(typeof(WirePictures))]
[JsonSerializable(typeof(RemoteNote))]
[JsonSerializable(typeof(WireVideoModels))]
[JsonSerializable(typeof(WireImageModels))]
[JsonSerializable(typeof(KeptCatalogue))]
internal sealed partial class OpenRouterJson : JsonSerializerContext;
