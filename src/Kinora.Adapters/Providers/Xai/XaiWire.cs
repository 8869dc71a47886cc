using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;

namespace Kinora.Adapters.Providers.Xai;

/// <summary>A create of a video or of pictures.</summary>
internal sealed record WireCreate
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public int? Duration { get; init; }

    public string? AspectRatio { get; init; }

    public string? Resolution { get; init; }

    public bool? GenerateAudio { get; init; }

    public WireFile? Image { get; init; }

    public WireFile? LastFrame { get; init; }

    public IReadOnlyList<WireFile>? ReferenceImages { get; init; }

    public WireLink? Video { get; init; }

    public int? N { get; init; }

    public string? ResponseFormat { get; init; }

    public string? Quality { get; init; }

    public IReadOnlyList<WireFile>? Images { get; init; }
}

internal sealed record WireFile(DataUrl Url)
{
    /// <summary>Named for pictures only.</summary>
    public string? Type { get; init; }
}

internal sealed record WireLink(string Url);

internal sealed record WireTask
{
    public string? RequestId { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseNumber))]
    public double? Progress { get; init; }

    public WireVideo? Video { get; init; }

    public WireUsage? Usage { get; init; }

    public JsonElement Error { get; init; }
}

internal sealed record WireVideo
{
    public string? Url { get; init; }

    public bool? RespectModeration { get; init; }
}

internal sealed record WireUsage
{
    /// <summary>One tick is 1e-10 US dollars.</summary>
    [JsonConverter(typeof(LooseNumber))]
    public double? CostInUsdTicks { get; init; }
}

internal sealed record WirePictures(IReadOnlyList<XaiPicture?>? Data, WireUsage? Usage);

internal sealed record XaiPicture : AnsweredPicture
{
    /// <summary>False: made, and withheld.</summary>
    public bool? RespectModeration { get; init; }
}

/// <summary>What is kept of pictures that were made and that nobody gets.</summary>
internal sealed record WithheldNote(decimal? CostUsd);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireTask))]
[JsonSerializable(typeof(WirePictures))]
[JsonSerializable(typeof(WithheldNote))]
internal sealed partial class XaiJson : JsonSerializerContext;
