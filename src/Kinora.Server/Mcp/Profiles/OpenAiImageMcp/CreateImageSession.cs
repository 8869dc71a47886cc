using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class CreateImageSession : SeedTool
{
    public override ToolSpec Spec { get; } = new("create_image_session", "session", "Create a new conversational image generation session.")
    {
        Params = [SessionParams.Description("description"), Pictures.Model, SessionParams.Name],
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("session_id?", Shape.Text), ("model?", Shape.Text), ("created_at?", Shape.Text), ("status?", Shape.Text),
            ("session_name?", Shape.Anything), ("description?", Shape.Text), .. Failures.Fields,
        ]),
        Effect = ToolEffect.Writes,
    };

    protected override string ErrorType => "session_creation_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        var draft = new SessionDraft { Description = given.Text("description"), Model = given.Text("model"), Name = given.TextOrNull("session_name") };
        var session = await call.Studio.Sessions.CreateAsync(call.Client.Caller, draft, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("session_id", session.Id.ToString());
            json.WriteString("model", session.AskedModel ?? session.Model);
            json.WriteString("created_at", SessionParams.Time(session.CreatedAt));
            json.WriteString("status", "active");
            json.WriteString("session_name", session.Name);
            json.WriteString("description", PlainText.Clean(session.Description, SessionService.MaxDescription));
            json.WriteEndObject();
        });
    }
}
