using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>A request of the Images API.</summary>
internal sealed record WireGeneration
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public int? N { get; init; }

    public string? Size { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    public string? OutputFormat { get; init; }
}

/// <summary>Its answer; every key may be missing.</summary>
internal sealed record WireImages
{
    public IReadOnlyList<AnsweredPicture?>? Data { get; init; }

    public WireUsage? Usage { get; init; }
}

internal sealed record WireUsage
{
    [JsonConverter(typeof(LooseNumber))]
    public double? InputTokens { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? OutputTokens { get; init; }

    public WireTokens? InputTokensDetails { get; init; }

    public WireTokens? OutputTokensDetails { get; init; }
}

internal sealed record WireTokens
{
    [JsonConverter(typeof(LooseNumber))]
    public double? TextTokens { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? ImageTokens { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? CachedTokens { get; init; }
}

/// <summary>A turn of the Responses API.</summary>
internal sealed record WireTurn
{
    public required string Model { get; init; }

    public required IReadOnlyList<WireInput> Input { get; init; }

    public required IReadOnlyList<WireTool> Tools { get; init; }

    public WireType? ToolChoice { get; init; }

    public string? Instructions { get; init; }

    public string? PreviousResponseId { get; init; }

    public bool Background { get; init; } = true;

    public bool Store { get; init; } = true;
}

/// <summary>A message, or the id of an earlier picture.</summary>
internal sealed record WireInput
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<WireContent>? Content { get; init; }
}

internal sealed record WireContent(string Type)
{
    public string? Text { get; init; }

    public DataUrl? ImageUrl { get; init; }
}

internal sealed record WireTool
{
    public string Type { get; init; } = "image_generation";

    public string? Model { get; init; }

    public string? Size { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    public string? OutputFormat { get; init; }

    public WireMask? InputImageMask { get; init; }
}

internal sealed record WireMask(DataUrl ImageUrl);

internal sealed record WireType(string Type);

/// <summary>A response object; every key may be missing.</summary>
internal sealed record WireResponse
{
    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Object { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    /// <summary><c>{reason}</c>.</summary>
    public JsonElement IncompleteDetails { get; init; }

    public IReadOnlyList<WireItem?>? Output { get; init; }
}

/// <summary>One thing a model put out: a call of the image tool, or a message.</summary>
internal sealed record WireItem
{
    [JsonConverter(typeof(LooseText))]
    public string? Type { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    [JsonConverter(typeof(PictureBytes))]
    public byte[]? Result { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? RevisedPrompt { get; init; }

    /// <summary><c>{code, message}</c> of a call that was blocked.</summary>
    public JsonElement Error { get; init; }

    /// <summary>List of <c>{type: output_text, text}</c> and <c>{type: refusal, refusal}</c>.</summary>
    public JsonElement Content { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireGeneration))]
[JsonSerializable(typeof(WireImages))]
[JsonSerializable(typeof(WireTurn))]
[JsonSerializable(typeof(WireResponse))]
[JsonSerializable(typeof(RemoteNote))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class OpenAiImagesJson : JsonSerializerContext;
