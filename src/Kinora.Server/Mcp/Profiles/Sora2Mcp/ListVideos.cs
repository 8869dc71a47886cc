using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class ListVideos : McpTool
{
    public override ToolSpec Spec { get; } = new("list_videos", "video", "List video jobs, page by page.")
    {
        Params =
        [
            new IntegerParam("limit", 1, 100) { Default = 10, SchemaType = "number" },
            new TextParam("after") { MaxLength = 60 },
            new TextParam("order") { Choices = ["asc", "desc"], Default = "desc" },
        ],
        Result = Shape.Object(
            ("object", Shape.Text), ("data", Shape.List(VideoObject.SeedShape)), ("has_more", Shape.Flag), ("first_id", Shape.Anything), ("last_id", Shape.Anything)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var page = await VideoPage.ReadAsync(call, status: null, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach (var job in page.Jobs)
            {
                VideoObject.WriteSeed(json, job);
            }

            json.WriteEndArray();
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteString("first_id", page.Jobs.Count > 0 ? page.Jobs[0].Id.ToString() : null);
            json.WriteString("last_id", page.Jobs.Count > 0 ? page.Jobs[^1].Id.ToString() : null);
            json.WriteEndObject();
        });
    }
}
