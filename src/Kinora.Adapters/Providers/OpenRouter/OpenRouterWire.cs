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

internal sealed record WirePictures(IReadOnlyList<AnsweredPicture?>? Data, WireUsage? Usage);

/// <summary>What is kept beside the id of a job.</summary>
internal sealed record RemoteNote(string? PollingUrl);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireTask))]
[JsonSerializable(typeof(WirePictures))]
[JsonSerializable(typeof(RemoteNote))]
internal sealed partial class OpenRouterJson : JsonSerializerContext;
