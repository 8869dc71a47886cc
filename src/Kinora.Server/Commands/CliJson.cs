using System.Text.Json.Serialization;
using Kinora.Catalog;

namespace Kinora.Server.Commands;

/// <summary>Records the command line prints as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ModelInfo>))]
internal sealed partial class CliJson : JsonSerializerContext;
