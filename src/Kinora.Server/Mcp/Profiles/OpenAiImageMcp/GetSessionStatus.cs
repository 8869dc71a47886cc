using Kinora.Assets;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GetSessionStatus : SeedTool
{
    private const int Recent = 5;
    private const int LongestPrompt = 120;

    public override ToolSpec Spec { get; } = new("get_session_status", "session", "Get a session's state and its recent images.")
    {
        Params = [SessionParams.Id],
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("session_id?", Shape.Text), ("active?", Shape.Flag), ("created_at?", Shape.Text), ("last_activity?", Shape.Text), ("model?", Shape.Text),
            ("session_name?", Shape.Anything), ("total_generations?", Shape.Integer), ("recent_images?", Shape.List(Shape.Text)), ("conversation_summary?", Shape.Text),
            ("total_conversation_turns?", Shape.Integer), .. Failures.Fields, Failures.Sessions,
        ]),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    protected override string ErrorType => "status_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var view = await call.Studio.Sessions.GetAsync(call.Client.Caller, call.Text("session_id"), cancel);
        var session = view.Session;
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("session_id", session.Id.ToString());
            json.WriteBoolean("active", view.State == SessionState.Active);
            json.WriteString("created_at", SessionParams.Time(session.CreatedAt));
            json.WriteString("last_activity", SessionParams.Time(session.UsedAt));
            json.WriteString("model", session.AskedModel ?? session.Model);
            json.WriteString("session_name", session.Name);
            json.WriteNumber("total_generations", view.Turns.Count);
            json.WriteStartArray("recent_images");
            foreach (var job in view.Turns.TakeLast(Recent))
            {
                foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
                {
                    json.WriteStringValue(ImageStart.Path(call, job, picture) ?? job.PublicId);
                }
            }

            json.WriteEndArray();
            json.WriteString("conversation_summary", Summary(view));
            json.WriteNumber("total_conversation_turns", Pictures.Turns(view.Turns.Count));
            json.WriteEndObject();
        });
    }

    private static string Summary(SessionView view)
    {
        var about = PlainText.Clean(view.Session.Description, LongestPrompt);
        return view.Turns.Count == 0
            ? $"{about} (no images yet)"
            : $"{about}; {view.Turns.Count} images, the latest: {PlainText.Clean(view.Turns[^1].Request.Prompt, LongestPrompt)}";
    }
}
