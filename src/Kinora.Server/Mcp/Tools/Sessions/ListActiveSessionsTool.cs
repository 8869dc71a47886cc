using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class ListActiveSessionsTool : McpTool
{
    private const int RowsInText = 10;

    public override ToolSpec Spec { get; } = new("list_active_sessions", "session", "Find the sessions that are not closed or expired, last used first.")
    {
        Result = Shape.Object(
            ("sessions", Shape.List(Shape.Object(
                ("session_id", Shape.Text), ("session_name?", Shape.Text), ("description", Shape.Text), ("model", Shape.Text), ("last_activity", Shape.Text),
                ("total_generations", Shape.Integer)))),
            ("total_active", Shape.Integer)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var active = await call.Studio.Sessions.ListAsync(call.Client.Caller, cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("sessions");
                foreach (var summary in active)
                {
                    json.WriteStartObject();
                    SessionParams.WriteFields(json, summary.Session, SessionState.Active);
                    json.WriteNumber("total_generations", summary.Pictures);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteNumber("total_active", active.Count);
                json.WriteEndObject();
            },
            Words(active));
    }

    private static string Words(IReadOnlyList<SessionSummary> active) => active.Count == 0
        ? "There are no active sessions. create_image_session begins one."
        : string.Join('\n', active.Take(RowsInText).Select(s =>
            $"{s.Session.Id} ({s.Pictures} images): {PlainText.Clean(s.Session.Name ?? s.Session.Description, 60)}"))
            + (active.Count > RowsInText ? $"\n… {active.Count - RowsInText} more in sessions" : "");
}
