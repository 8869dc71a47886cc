using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>
/// A video object, as any dialect writes it: every key may be missing, figures may be text. Parts whose kind differs between servers stay raw.
/// </summary>
internal sealed record WireVideo
{
    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    /// <summary>Old new-api builds give this alone.</summary>
    [JsonConverter(typeof(LooseText))]
    public string? TaskId { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? Progress { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? CreatedAt { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Prompt { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Url { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? VideoUrl { get; init; }

    /// <summary>List of <c>{url | b64_json}</c> (Dynamo), or a wrapped object (new-api), or the items of a list.</summary>
    public JsonElement Data { get; init; }

    /// <summary><c>{url}</c> (new-api).</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Juxin's inner object.</summary>
    public JsonElement Detail { get; init; }

    public JsonElement HasMore { get; init; }
}

internal sealed record WireCreate
{
    public required string Prompt { get; init; }

    public string? Model { get; init; }

    /// <summary>A string: OpenAI and Kinora refuse a number.</summary>
    public string? Seconds { get; init; }

    public string? Size { get; init; }

    public long? Seed { get; init; }

    public string? NegativePrompt { get; init; }
}

internal sealed record WireFollowUp
{
    public required string Prompt { get; init; }

    public WireReference? Video { get; init; }

    public string? Seconds { get; init; }
}

internal sealed record WireReference(string Id);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireVideo))]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireFollowUp))]
internal sealed partial class OpenAiVideosJson : JsonSerializerContext;
