using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class GetSessionStatusTool : McpTool
{
    private const int LongestPrompt = 160;

    public override ToolSpec Spec { get; } = new("get_session_status", "session", "See how a session stands and the ids of its images, to branch from one.")
    {
        Params = [SessionParams.Id, new IntegerParam("limit", 1, 100) { Default = 5, About = "Newest images" }],
        Result = Shape.Object(
            ("session_id", Shape.Text), ("status", Shape.Text), ("model", Shape.Text), ("total_generations", Shape.Integer), ("pending", Shape.List(Shape.Text)),
            ("recent_images", Shape.List(Shape.Object(("id", Shape.Text), ("path?", Shape.Text), ("prompt", Shape.Text), ("from_image_id?", Shape.Text))))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var view = await call.Studio.Sessions.GetAsync(call.Client.Caller, call.Text("session_id"), cancel);
        var shown = view.Turns.TakeLast((int)call.Arguments.Integer("limit")).ToList();
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                SessionParams.WriteFields(json, view.Session, view.State);
                json.WriteNumber("total_generations", view.Turns.Count);
                json.WriteStartArray("pending");
                foreach (var job in view.Pending)
                {
                    json.WriteStringValue(job.PublicId);
                }

                json.WriteEndArray();
                json.WriteStartArray("recent_images");
                foreach (var (job, picture) in shown.SelectMany(j => j.Assets.Where(a => a.Role == AssetRole.Image).Select(a => (j, a))))
                {
                    json.WriteStartObject();
                    json.WriteString("id", new ImageId(job.Id, picture.Index).ToString());
                    if (ImageStart.Path(call, job, picture) is { } path)
                    {
                        json.WriteString("path", path);
                    }

                    json.WriteString("prompt", PlainText.Clean(job.Request.Prompt, LongestPrompt));
                    if (job.SourceId is { } source)
                    {
                        json.WriteString("from_image_id", new ImageId(source, job.Request.SourceIndex).ToString());
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            Words(view, shown));
    }

    private static string Words(SessionView view, List<Job> shown)
    {
        var text = $"Session {view.Session.Id} is {SessionParams.Word(view.State)} with {view.Turns.Count} images"
            + (view.Pending.Count > 0 ? $", {view.Pending.Count} being made" : "") + ".";
        return shown.Count == 0 ? text : text + $" The newest: {shown[^1].PublicId}, \"{PlainText.Clean(shown[^1].Request.Prompt, 80)}\".";
    }
}
