using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Sessions;

namespace Kinora.Jobs;

/// <summary>How parts of a job are written in the database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GenerationRequest))]
[JsonSerializable(typeof(IReadOnlyList<RemoteOutput>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Alternative>))]
[JsonSerializable(typeof(IReadOnlyList<Attempt>))]
[JsonSerializable(typeof(EventData))]
[JsonSerializable(typeof(OriginPicture))]
public sealed partial class JobJson : JsonSerializerContext;

/// <summary>Writes an id as 32 hex digits.</summary>
public sealed class JobIdJsonConverter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a job id.");

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hex);
}
