using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class ImageCreate : McpTool
{
    public override ToolSpec Spec { get; } = new("image_create", "image", "Create an image generation job. Returns at once; poll image_get_status, then image_download. previous_response_id refines an earlier image.")
    {
        Params =
        [
            VideoParams.Prompt,
            VideoParams.Model with { Default = "gpt-5" },
            new TextParam("size") { Choices = ["auto", "1024x1024", "1024x1536", "1536x1024"] },
            new TextParam("quality") { Choices = ["low", "medium", "high", "auto"] },
            new TextParam("output_format") { Choices = ["png", "jpeg", "webp"], Default = "png" },
            new TextParam("background") { Choices = ["transparent", "opaque", "auto"] },
            ImageParams.ImageId with { Name = "previous_response_id", Required = false },
        ],
        Result = ImageRow.Shape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var draft = ImageParams.Draft(call.Arguments) with { SourceId = call.Arguments.TextOrNull("previous_response_id") };
        var created = await ImageStart.SubmitAsync(call, session: null, draft);
        return ToolAnswer.AsJsonText(json => ImageRow.Write(json, created.Job)) with { Job = created.Job };
    }
}

/// <summary>An image job as the original showed it.</summary>
internal static class ImageRow
{
    public static Shape Shape { get; } = Schema.Shape.Object(("id", Schema.Shape.Text), ("status", Schema.Shape.Text), ("created_at", Schema.Shape.Number));

    public static void Write(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        json.WriteString("id", job.PublicId);
        json.WriteString("status", job.Status.PublicWord());
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeMilliseconds() / 1000.0);
        json.WriteEndObject();
    }
}
