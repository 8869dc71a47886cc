using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.ContentArray;

internal sealed record WireCreate
{
    public required string Model { get; init; }

    public required IReadOnlyList<WireContent> Content { get; init; }

    public string? Resolution { get; init; }

    public string? Ratio { get; init; }

    /// <summary>In seconds; -1 leaves it to the model.</summary>
    public int? Duration { get; init; }

    public long? Seed { get; init; }

    public bool? GenerateAudio { get; init; }

    public bool? Watermark { get; init; }

    public bool? AigcWatermark { get; init; }

    /// <summary>Ark: <c>edit</c> or <c>extend</c>; checked there before the task is made.</summary>
    public string? OmniReferenceTaskType { get; init; }

    public string? CallbackUrl { get; init; }
}

internal sealed record WireContent(string Type)
{
    public string? Text { get; init; }

    public WireFile? ImageUrl { get; init; }

    public WireLink? VideoUrl { get; init; }

    public string? Role { get; init; }
}

internal sealed record WireFile(DataUrl Url);

internal sealed record WireLink(string Url);

/// <summary>A task, and whatever else an answer holds: one vendor names the id <c>task_id</c> and wraps the task, the other does neither.</summary>
internal sealed record WireTask
{
    public string? TaskId { get; init; }

    public string? Id { get; init; }

    public WireTask? Task { get; init; }

    public string? Model { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    public WireResult? Content { get; init; }

    public WireUsage? Usage { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Resolution { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Prompt { get; init; }

    /// <summary>In seconds since 1970.</summary>
    [JsonConverter(typeof(LooseNumber))]
    public double? CreatedAt { get; init; }

    public JsonElement Error { get; init; }
}

internal sealed record WireResult
{
    public string? VideoUrl { get; init; }

    public string? Url { get; init; }
}

internal sealed record WireUsage
{
    [JsonConverter(typeof(LooseNumber))]
    public double? TotalSeconds { get; init; }
}

internal sealed record WireList
{
    public IReadOnlyList<WireTask>? Items { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? Total { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireTask))]
[JsonSerializable(typeof(WireList))]
internal sealed partial class ContentJson : JsonSerializerContext;
