using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Adapters.Providers.ComfyUi;

internal sealed record WireUpload(string? Name, string? Subfolder);

/// <summary>A message of the WebSocket.</summary>
internal sealed record WireMessage(string? Type, WireProgress? Data);

internal sealed record WireProgress
{
    public string? PromptId { get; init; }

    /// <summary>The node that works now; null (of <c>executing</c>): none any more.</summary>
    public JsonElement Node { get; init; }

    /// <summary>Of <c>execution_cached</c>: nodes that need not work.</summary>
    public JsonElement Nodes { get; init; }

    public JsonElement Value { get; init; }

    public JsonElement Max { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireUpload))]
[JsonSerializable(typeof(WireMessage))]
internal sealed partial class ComfyUiJson : JsonSerializerContext;
