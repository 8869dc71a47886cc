using Kinora.Server.Commands;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraList : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_list", "video", "List video jobs, page by page.")
    {
        Params =
        [
            new IntegerParam("limit", 1, 100) { Default = 20 },
            new TextParam("after") { MaxLength = 60, About = "last of the page before" },
            new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" },
        ],
        Result = Shape.Object(
            ("data", Shape.List(Shape.Object(
                ("id", Shape.Text), ("status", Shape.Text), ("created_at", Shape.Integer), ("seconds?", Shape.Text), ("size?", Shape.Text),
                ("model", Shape.Text), ("progress", Shape.Integer)))),
            ("has_more", Shape.Flag),
            ("last", Shape.Anything)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var page = await VideoPage.ReadAsync(call, status: null, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var job in page.Jobs)
            {
                json.WriteStartObject();
                json.WriteString("id", job.Id.ToString());
                json.WriteString("status", Jobs.JobMoves.PublicWord(job.Status));
                json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
                if (job.Request.Seconds is { } seconds)
                {
                    json.WriteString("seconds", FormattableString.Invariant($"{seconds:0.###}"));
                }

                if (job.Request.Size is { } size)
                {
                    json.WriteString("size", size.ToString());
                }

                json.WriteString("model", job.Request.AskedModel ?? job.Model);
                json.WriteNumber("progress", JobView.Percent(job));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteString("last", page.Jobs.Count > 0 ? page.Jobs[^1].Id.ToString() : null);
            json.WriteEndObject();
        });
    }
}
