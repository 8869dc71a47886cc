using System.Globalization;
using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway;

/// <summary>
/// A video job as OpenAI's video object (openai-openapi 2.3.0, schema <c>VideoResource</c>): its 13 keys, always all of them, and what is ours under <c>kinora</c>.
/// Exactly four words for the status: clients look again without a pause at one they do not know.
/// </summary>
internal static class VideoObject
{
    private const int LongestMessage = 2_000;

    /// <summary>Of jobs that other doors made without saying, at models whose sizes or lengths are not known.</summary>
    private const string Unknown = "unknown";

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Text), ("object", OneOf("video")), ("model", Text), ("status", OneOf("queued", "in_progress", "completed", "failed")), ("progress", Integer), ("created_at", Integer),
        ("completed_at", Anything), ("expires_at", Anything), ("seconds", Text), ("size", Text), ("prompt", Anything), ("remixed_from_video_id", Anything), ("error", Anything),
        ("kinora", JobExtras.Shape));

    public const string Example = """
        {"id":"video_550e8400e29b41d4a716446655440000","object":"video","model":"sora-2","status":"in_progress","progress":45,"created_at":1795284000,"completed_at":null,
        "expires_at":null,"seconds":"8","size":"1280x720","prompt":"A cat riding a motorcycle through a neon city","remixed_from_video_id":null,"error":null,
        "kinora":{"stage":"running","reason":"","provider":"animatic","model":"animatic/storyboard","operation":"create","estimated_usd":0,"charged_usd":null,
        "warnings":["sora-2 stands for animatic/storyboard here."],"files":[]}}
        """;

    public static void Write(Utf8JsonWriter json, Job job, bool deduplicated = false)
    {
        var request = job.Request;
        json.WriteStartObject();
        json.WriteString("id", job.PublicId);
        json.WriteString("object", "video");
        json.WriteString("model", request.AskedModel ?? job.Model);
        json.WriteString("status", job.Status.PublicWord());
        json.WriteNumber("progress", JobView.Percent(job));
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        JobView.WriteTime(json, "completed_at", job.Status == JobStatus.Completed ? job.EndedAt : null);

        // Results are kept until they are deleted.
        json.WriteNull("expires_at");
        json.WriteString("seconds", FilmFacts.Seconds(job)?.ToString("0.###", CultureInfo.InvariantCulture) ?? Unknown);
        json.WriteString("size", FilmFacts.Size(job)?.ToString() ?? Unknown);
        json.WriteString("prompt", request.Prompt);
        json.WriteString("remixed_from_video_id", request.Operation is Operation.Remix or Operation.Edit && job.SourceId is { } source ? $"video_{source.Hex}" : null);
        WriteError(json, job);
        JobExtras.Write(json, job, deduplicated);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Job job)
    {
        if (job.ErrorCode is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", job.ErrorCode);
        json.WriteString("message", PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
        json.WriteEndObject();
    }
}
