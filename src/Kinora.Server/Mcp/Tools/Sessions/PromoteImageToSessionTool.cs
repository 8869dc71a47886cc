using Kinora.Errors;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class PromoteImageToSessionTool : McpTool
{
    public static readonly TextParam Image = new("image_path")
    {
        Required = true,
        BlamedFor =
        [
            ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.InvalidFileName, ErrorCodes.FileNotFound, ErrorCodes.MetadataMissing, ErrorCodes.MetadataUnreadable,
            ErrorCodes.MetadataIncomplete,
        ],
    };

    public override ToolSpec Spec { get; } = new("promote_image_to_session", "session", "Begin a session that goes on from an image made here.")
    {
        Params =
        [
            Image with { About = "Image id, or its workspace file" },
            SessionParams.Description("session_description"),
            SessionParams.Name,
        ],
        Result = Shape.Object(
            ("session_id", Shape.Text), ("status", Shape.Text), ("model", Shape.Text),
            ("original_context", Shape.Object(("prompt", Shape.Text), ("revised_prompt?", Shape.Text), ("model?", Shape.Text)))),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var promoted = await RunAsync(call, call.Text("image_path"), cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                SessionParams.WriteFields(json, promoted.Session, SessionState.Active);
                json.WriteStartObject("original_context");
                json.WriteString("prompt", PlainText.Clean(promoted.Notes.OriginalPrompt ?? "", TextParam.LongestText));
                if (promoted.Notes.RevisedPrompt is { } revised)
                {
                    json.WriteString("revised_prompt", PlainText.Clean(revised, TextParam.LongestText));
                }

                if (promoted.Notes.Model is { } model)
                {
                    json.WriteString("model", model);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            },
            $"Session {promoted.Session.Id} goes on from that image. generate_image_in_session changes it; the image itself stays as it is.");
    }

    /// <summary>Begins the session by the parameters that the original has too.</summary>
    public static Task<Promotion> RunAsync(ToolCall call, string picture, CancellationToken cancel) => call.Studio.Sessions.PromoteAsync(
        call.Client.Caller,
        ImageInputs.Within(call, call.Studio.Folders.Workspace, picture) ?? picture,
        new SessionDraft { Description = call.Text("session_description"), Name = call.Arguments.TextOrNull("session_name") },
        cancel);
}
