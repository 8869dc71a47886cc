using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class CloseSession : SeedTool
{
    public override ToolSpec Spec { get; } = new("close_session", "session", "Close a session; its images are kept.")
    {
        Params = [SessionParams.Id],
        Result = Shape.Object(
            [("success", Shape.Flag), ("status?", Shape.Text), ("session_id?", Shape.Text), ("final_image_count?", Shape.Text), .. Failures.Fields, Failures.Sessions]),
        Effect = ToolEffect.Writes,
        Idempotent = true,
    };

    protected override string ErrorType => "close_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var view = await call.Studio.Sessions.CloseAsync(call.Client.Caller, call.Text("session_id"), cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("status", "closed");
            json.WriteString("session_id", view.Session.Id.ToString());
            // Text in the original.
            json.WriteString("final_image_count", FormattableString.Invariant($"{view.Turns.Count}"));
            json.WriteEndObject();
        });
    }
}
