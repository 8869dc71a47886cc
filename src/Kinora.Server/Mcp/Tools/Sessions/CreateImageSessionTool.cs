using Kinora.Sessions;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class CreateImageSessionTool : McpTool
{
    public override ToolSpec Spec { get; } = new("create_image_session", "session", "Begin a conversation in which each image goes on from the one before.")
    {
        Params = [SessionParams.Description("description"), VideoParams.Model, SessionParams.Name],
        Result = SessionParams.Shape,
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        var draft = new SessionDraft { Description = given.Text("description"), Model = given.TextOrNull("model"), Name = given.TextOrNull("session_name") };
        var session = await call.Studio.Sessions.CreateAsync(call.Client.Caller, draft, cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                SessionParams.WriteFields(json, session, SessionState.Active);
                json.WriteEndObject();
            },
            $"Session {session.Id} with {session.Model} has begun. generate_image_in_session makes its first image.");
    }
}
