using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Server.Commands;

/// <summary>Records that the command line and the REST API tell as they are; names of states and kinds in the same small words as everywhere else.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(Word<MediaKind>), typeof(Word<AudioRule>), typeof(Word<PriceUnit>)])]
[JsonSerializable(typeof(IReadOnlyList<ModelInfo>))]
[JsonSerializable(typeof(ModelInfo))]
internal sealed partial class CliJson : JsonSerializerContext
{
    private sealed class Word<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
        where T : struct, Enum;
}
