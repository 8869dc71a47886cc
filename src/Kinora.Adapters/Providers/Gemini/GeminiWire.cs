using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Gemini;

internal sealed record WireCreate
{
    public required string Model { get; init; }

    public required IReadOnlyList<WireInput> Input { get; init; }

    public required WireFormat ResponseFormat { get; init; }

    public required WireConfig GenerationConfig { get; init; }

    public string? PreviousInteractionId { get; init; }

    public WireWebhook? WebhookConfig { get; init; }

    /// <summary>It is looked at, not waited for.</summary>
    public bool Background { get; } = true;

    /// <summary>Else it can neither be looked at nor gone on from.</summary>
    public bool Store { get; } = true;
}

internal sealed record WireInput(string Type)
{
    public string? Text { get; init; }

    /// <summary>Written as base64.</summary>
    public byte[]? Data { get; init; }

    public string? MimeType { get; init; }
}

internal sealed record WireFormat
{
    public string Type { get; } = "video";

    public string? AspectRatio { get; init; }

    public string? Resolution { get; init; }

    /// <summary><c>8s</c>.</summary>
    public string? Duration { get; init; }

    /// <summary>What comes within an answer may weigh 4 MB at most.</summary>
    public string Delivery { get; } = "uri";
}

internal sealed record WireConfig(WireVideoConfig VideoConfig)
{
    public long? Seed { get; init; }
}

internal sealed record WireVideoConfig(string Task);

internal sealed record WireWebhook(IReadOnlyList<string> Uris);

internal sealed record WireInteraction
{
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    public IReadOnlyList<WireStep>? Steps { get; init; }

    public IReadOnlyList<JsonElement>? Errors { get; init; }
}

internal sealed record WireStep
{
    public string? Type { get; init; }

    public IReadOnlyList<WireContent>? Content { get; init; }
}

internal sealed record WireContent
{
    public string? Type { get; init; }

    public string? Uri { get; init; }

    public string? Text { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireInteraction))]
internal sealed partial class GeminiJson : JsonSerializerContext;
