using System.Text.Json.Serialization;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>What ffprobe prints with <c>-of json</c>. Numbers that may be fractions come as text.</summary>
internal sealed record FfprobeAnswer(IReadOnlyList<FfprobeStream>? Streams, FfprobeFormat? Format, IReadOnlyList<FfprobeFrame>? Frames);

internal sealed record FfprobeStream
{
    public string? CodecName { get; init; }

    public string? CodecType { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary><c>1:1</c>; <c>0:1</c> or absent when unknown.</summary>
    public string? SampleAspectRatio { get; init; }

    /// <summary><c>30000/1001</c>; <c>0/0</c> when unknown.</summary>
    public string? AvgFrameRate { get; init; }

    public string? RFrameRate { get; init; }

    /// <summary>Seconds. Absent in WebM, where <see cref="FfprobeTags.Duration"/> may have it.</summary>
    public string? Duration { get; init; }

    public FfprobeTags? Tags { get; init; }

    public FfprobeDisposition? Disposition { get; init; }

    public IReadOnlyList<FfprobeSideData>? SideDataList { get; init; }
}

internal sealed record FfprobeTags
{
    /// <summary><c>00:00:01.500000000</c></summary>
    [JsonPropertyName("DURATION")]
    public string? Duration { get; init; }
}

internal sealed record FfprobeDisposition(int AttachedPic);

/// <param name="Rotation">Degrees of the display matrix, multiples of 90 in practice.</param>
internal sealed record FfprobeSideData(double Rotation);

internal sealed record FfprobeFormat(string? Duration);

internal sealed record FfprobeFrame(string? MediaType);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(FfprobeAnswer))]
internal sealed partial class FfprobeJson : JsonSerializerContext;
