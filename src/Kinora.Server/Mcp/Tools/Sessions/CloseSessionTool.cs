using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class CloseSessionTool : McpTool
{
    public override ToolSpec Spec { get; } = new("close_session", "session", "End a session; its images are kept.")
    {
        Params = [SessionParams.Id],
        Result = Shape.Object(("session_id", Shape.Text), ("status", Shape.Text), ("final_image_count", Shape.Integer)),
        Effect = ToolEffect.Writes,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var view = await call.Studio.Sessions.CloseAsync(call.Client.Caller, call.Text("session_id"), cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                SessionParams.WriteFields(json, view.Session, view.State);
                json.WriteNumber("final_image_count", view.Turns.Count);
                json.WriteEndObject();
            },
            $"Session {view.Session.Id} is closed with {view.Turns.Count} images. promote_image_to_session goes on from any of them.");
    }
}
