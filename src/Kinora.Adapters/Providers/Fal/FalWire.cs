using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>The answer to a create, and a look.</summary>
internal sealed record WireStatus
{
    public string? RequestId { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? QueuePosition { get; init; }

    public string? StatusUrl { get; init; }

    public string? ResponseUrl { get; init; }

    public string? CancelUrl { get; init; }

    public JsonElement Error { get; init; }
}

/// <summary>What a model made: videos have one file, pictures a list.</summary>
internal sealed record WireOutput
{
    public WireFile? Video { get; init; }

    public IReadOnlyList<WireFile>? Images { get; init; }

    public WireFile? Image { get; init; }

    /// <summary>What the model said beside its pictures.</summary>
    [JsonConverter(typeof(LooseText))]
    public string? Description { get; init; }

    public JsonElement Error { get; init; }
}

internal sealed record WireFile(string? Url);

/// <summary>A failed job: of a model <c>{detail: [{loc, msg, type}]}</c>, of the platform <c>{detail: "…", error_type}</c>.</summary>
internal sealed record WireFault
{
    public JsonElement Detail { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? ErrorType { get; init; }
}

internal sealed record WireDetail
{
    public IReadOnlyList<JsonElement>? Loc { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Msg { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Type { get; init; }
}

/// <summary>Where fal said that a request is looked at, fetched and stopped; kept with the job.</summary>
internal sealed record FalLinks
{
    public string? Status { get; init; }

    public string? Response { get; init; }

    public string? Cancel { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(WireOutput))]
[JsonSerializable(typeof(WireFault))]
[JsonSerializable(typeof(WireDetail))]
[JsonSerializable(typeof(FalLinks))]
internal sealed partial class FalJson : JsonSerializerContext;
