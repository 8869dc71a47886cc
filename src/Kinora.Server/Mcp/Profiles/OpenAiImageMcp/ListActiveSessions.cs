using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class ListActiveSessions : SeedTool
{
    public override ToolSpec Spec { get; } = new("list_active_sessions", "session", "List all active sessions, last used first.")
    {
        Result = Shape.Object(
        [
            ("success", Shape.Flag),
            ("sessions?", Shape.List(Shape.Object(
                ("session_id", Shape.Text), ("session_name", Shape.Anything), ("description", Shape.Text), ("model", Shape.Text), ("created_at", Shape.Text),
                ("last_activity", Shape.Text), ("total_generations", Shape.Integer)))),
            ("total_active?", Shape.Integer),
            .. Failures.Fields,
        ]),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    protected override string ErrorType => "list_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var active = await call.Studio.Sessions.ListAsync(call.Client.Caller, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteStartArray("sessions");
            foreach (var (session, pictures, _) in active)
            {
                json.WriteStartObject();
                json.WriteString("session_id", session.Id.ToString());
                json.WriteString("session_name", session.Name);
                json.WriteString("description", PlainText.Clean(session.Description, SessionService.MaxDescription));
                json.WriteString("model", session.AskedModel ?? session.Model);
                json.WriteString("created_at", SessionParams.Time(session.CreatedAt));
                json.WriteString("last_activity", SessionParams.Time(session.UsedAt));
                json.WriteNumber("total_generations", pictures);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("total_active", active.Count);
            json.WriteEndObject();
        });
    }
}
