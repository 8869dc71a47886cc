using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;

namespace Kinora.Adapters.Providers.Replicate;

internal sealed record WireCreate
{
    /// <summary>Only where the path names no model.</summary>
    public string? Version { get; init; }

    public required Dictionary<string, object> Input { get; init; }

    public string? Webhook { get; init; }

    public IReadOnlyList<string>? WebhookEventsFilter { get; init; }
}

internal sealed record WirePrediction
{
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    /// <summary>A link, or a list of links.</summary>
    public JsonElement Output { get; init; }

    /// <summary>What it was asked for.</summary>
    public JsonElement Input { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? CreatedAt { get; init; }

    /// <summary>Inputs and output were deleted, an hour after the end as a rule.</summary>
    public bool? DataRemoved { get; init; }
}

internal sealed record WirePage(IReadOnlyList<WirePrediction>? Results, string? Next);

internal sealed record WireSecret(string? Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WirePrediction))]
[JsonSerializable(typeof(WirePage))]
[JsonSerializable(typeof(WireSecret))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DataUrl))]
[JsonSerializable(typeof(List<DataUrl>))]
[JsonSerializable(typeof(WireSize))]
internal sealed partial class ReplicateJson : JsonSerializerContext;
