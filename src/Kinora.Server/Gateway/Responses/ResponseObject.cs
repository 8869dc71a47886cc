using System.Text.Json;
using Kinora.Jobs;
using Kinora.Generation;
using Kinora.Server.Api;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway.Responses;

/// <summary>An image job as OpenAI's response object (openai-node 7.57.0, <c>Response</c>): its pictures are <c>image_generation_call</c>s of the output.</summary>
internal static class ResponseObject
{
    private const int LongestMessage = 2_000;

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Text), ("object", OneOf("response")), ("created_at", Integer), ("completed_at", Anything), ("status", OneOf("queued", "in_progress", "completed", "failed", "cancelled")),
        ("background", Flag), ("model", Text), ("error", Anything), ("incomplete_details", Anything), ("instructions", Anything), ("metadata", Schema.Shape.Object()), ("parallel_tool_calls", Flag),
        ("previous_response_id", Anything), ("store", Flag), ("temperature", Anything), ("tool_choice", Anything), ("tools", List(Schema.Shape.Object(("type", OneOf("image_generation"))))),
        ("top_p", Anything), ("usage", Anything), ("access_programs", Anything),
        ("output", List(Schema.Shape.Object(
            ("id", Text), ("type", OneOf("image_generation_call", "message")), ("status", Text), ("result?", Anything), ("revised_prompt?", Text), ("action?", OneOf("generate", "edit")), ("size?", Text),
            ("quality?", Text), ("background?", Text), ("output_format?", Text), ("role?", Text), ("content?", List(Schema.Shape.Object(("type", Text), ("text", Text))))))),
        ("kinora", JobExtras.Shape));

    public const string Example = """
        {"id":"resp_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f","object":"response","created_at":1795284000,"completed_at":1795284002,"status":"completed","background":true,"model":"gpt-5.6","error":null,
        "incomplete_details":null,"instructions":null,"metadata":{},"parallel_tool_calls":true,"previous_response_id":null,"store":true,"temperature":null,"tool_choice":"auto",
        "tools":[{"type":"image_generation","size":"1024x1024"}],"top_p":null,"usage":null,"access_programs":null,
        "output":[{"id":"ig_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f","type":"image_generation_call","status":"completed","action":"generate","size":"1024x1024","quality":"auto","background":"auto",
        "output_format":"png","result":"iVBORw0KGgo…"}],
        "kinora":{"stage":"completed","reason":"Done.","provider":"animatic","model":"animatic/storyboard","operation":"create","estimated_usd":0,"charged_usd":null,"warnings":[],"files":[]}}
        """;

    /// <param name="files">Of a completed job.</param>
    /// <param name="begun">As the first events of a stream have it: without output.</param>
    public static async Task WriteAsync(LargeJson large, Job job, IReadOnlyList<MadeFile> files, bool deduplicated, CancellationToken cancel, bool begun = false)
    {
        var (json, note) = (large.Json, ResponseNote.Of(job));
        json.WriteStartObject();
        json.WriteString("id", ResponseIds.Of(job.Id));
        json.WriteString("object", "response");
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        JobView.WriteTime(json, "completed_at", job.Status == JobStatus.Completed ? job.EndedAt : null);
        json.WriteString("status", StatusOf(job));
        json.WriteBoolean("background", note.Background);
        json.WriteString("model", note.Model ?? job.Request.AskedModel ?? job.Model);
        WriteError(json, job);
        json.WriteNull("incomplete_details");
        json.WriteString("instructions", job.Request.Instructions);
        WriteNode(json, "metadata", note.Metadata);
        json.WriteBoolean("parallel_tool_calls", true);
        json.WriteString("previous_response_id", note.Previous);
        json.WriteBoolean("store", true);
        json.WriteNull("temperature");
        WriteNode(json, "tool_choice", note.ToolChoice);
        json.WriteStartArray("tools");
        note.Tool.WriteTo(json);
        json.WriteEndArray();
        json.WriteNull("top_p");
        // Whose tokens they were is not kept with a job.
        json.WriteNull("usage");
        json.WriteNull("access_programs");
        json.WriteStartArray("output");
        if (!begun)
        {
            await WriteOutputAsync(large, job, files, cancel);
        }

        json.WriteEndArray();
        JobExtras.Write(json, job, deduplicated, named: true);
        json.WriteEndObject();
    }

    /// <summary>One picture: made, failed, or on its way.</summary>
    public static async Task WriteCallAsync(LargeJson large, Job job, int index, string status, MadeFile? file, CancellationToken cancel)
    {
        var (json, request) = (large.Json, job.Request);
        json.WriteStartObject();
        json.WriteString("id", ResponseIds.OfCall(job.Id, index));
        json.WriteString("type", "image_generation_call");
        json.WriteString("status", status);
        json.WriteString("action", request.Operation == Operation.Edit ? "edit" : "generate");
        if ((file?.Size ?? request.Size?.ToString()) is { } size)
        {
            json.WriteString("size", size);
        }

        json.WriteString("quality", request.Quality ?? "auto");
        json.WriteString("background", request.Background ?? "auto");
        json.WriteString("output_format", file?.Format ?? request.Format ?? "png");
        if (file?.Output?.RevisedPrompt is { } revised)
        {
            json.WriteString("revised_prompt", revised);
        }

        if (file is null)
        {
            json.WriteNull("result");
        }
        else
        {
            await large.WriteBase64Async("result", file.Content, cancel);
        }

        json.WriteEndObject();
    }

    /// <summary>What the model said beside its picture; null for nothing.</summary>
    public static string? RemarksOf(Job job) => job.Outputs is [{ Remarks: { Length: > 0 } remarks }, ..] ? remarks : null;

    public static void WriteMessage(Utf8JsonWriter json, Job job, string text)
    {
        json.WriteStartObject();
        json.WriteString("id", "msg_" + job.Id.Hex);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("status", "completed");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task WriteOutputAsync(LargeJson large, Job job, IReadOnlyList<MadeFile> files, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            await WriteCallAsync(large, job, file.Asset.Index, "completed", file, cancel);
        }

        if (files.Count > 0 && RemarksOf(job) is { } remarks)
        {
            WriteMessage(large.Json, job, remarks);
        }

        if (StatusOf(job) is "in_progress" or "failed")
        {
            await WriteCallAsync(large, job, 0, job.Status.IsFinal() ? "failed" : "generating", file: null, cancel);
        }
    }

    private static string StatusOf(Job job) => job.Status == JobStatus.Cancelled ? "cancelled" : job.Status.PublicWord();

    private static void WriteError(Utf8JsonWriter json, Job job)
    {
        if (StatusOf(job) != "failed")
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", job.ErrorCode);
        json.WriteString("message", PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, string name, System.Text.Json.Nodes.JsonNode node)
    {
        json.WritePropertyName(name);
        node.WriteTo(json);
    }
}
