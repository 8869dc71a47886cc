using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Runway;

internal sealed record WireCreate
{
    public required string Model { get; init; }

    public required string PromptText { get; init; }

    public IReadOnlyList<WirePicture>? PromptImage { get; init; }

    /// <summary>The video some models start from; others call it <see cref="PromptVideo"/>. A link, or a data URL as text.</summary>
    public string? VideoUri { get; init; }

    public string? PromptVideo { get; init; }

    public string? Mode { get; init; }

    public IReadOnlyList<WirePicture>? References { get; init; }

    public string? Ratio { get; init; }

    public string? Resolution { get; init; }

    /// <summary>Seconds, or <c>auto</c>.</summary>
    public JsonNode? Duration { get; init; }

    public bool? Audio { get; init; }

    public long? Seed { get; init; }

    public string? NegativePrompt { get; init; }
}

/// <param name="Position"><c>first</c> or <c>last</c>; null for a reference.</param>
internal sealed record WirePicture(DataUrl Uri, string? Position = null);

internal sealed record WireTask
{
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    /// <summary>0 to 1.</summary>
    [JsonConverter(typeof(LooseNumber))]
    public double? Progress { get; init; }

    public IReadOnlyList<string?>? Output { get; init; }

    public WireCost? Cost { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Failure { get; init; }

    /// <summary><c>SAFETY.INPUT.TEXT</c>: a family, and what of it.</summary>
    [JsonConverter(typeof(LooseText))]
    public string? FailureCode { get; init; }
}

internal sealed record WireCost
{
    [JsonConverter(typeof(LooseNumber))]
    public double? Credits { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireTask))]
internal sealed partial class RunwayJson : JsonSerializerContext;
