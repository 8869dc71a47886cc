using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway.Responses;

/// <summary>
/// What a response says again of its request and what its job has no words for: kept with the job as its <see cref="Generation.GenerationRequest.DoorNote"/>.
/// Jobs that came through other doors have none, and are told from what they are.
/// </summary>
internal sealed record ResponseNote
{
    private const string Door = "responses";

    private static readonly JsonSerializerOptions _plain = new() { Encoder = ApiJson.Plain.Encoder };

    /// <summary>The chat model that was named; no chat model takes part here.</summary>
    public string? Model { get; init; }

    public bool Background { get; init; }

    public string? Previous { get; init; }

    public JsonObject Metadata { get; init; } = [];

    /// <summary>As it was sent, but for pictures.</summary>
    public required JsonObject Tool { get; init; }

    public JsonNode ToolChoice { get; init; } = "auto";

    public static ResponseNote Of(Job job)
    {
        if (job.Request.DoorNote is { } text && JsonNode.Parse(text) is JsonObject note && (string?)note["door"] == Door)
        {
            return new ResponseNote
            {
                Model = (string?)note["model"],
                Background = (bool?)note["background"] ?? false,
                Previous = (string?)note["previous"],
                Metadata = note["metadata"]!.AsObject(),
                Tool = note["tool"]!.AsObject(),
                ToolChoice = note["tool_choice"]!,
            };
        }

        return new ResponseNote
        {
            Background = true,
            Previous = job.SourceId is { } source ? ResponseIds.Of(source) : null,
            Tool = new JsonObject { ["type"] = "image_generation", ["model"] = job.Request.AskedModel ?? job.Model },
        };
    }

    public override string ToString() => new JsonObject
    {
        ["door"] = Door,
        ["model"] = Model,
        ["background"] = Background,
        ["previous"] = Previous,
        ["metadata"] = Metadata.DeepClone(),
        ["tool"] = Tool.DeepClone(),
        ["tool_choice"] = ToolChoice.DeepClone(),
    }.ToJsonString(_plain);
}
