using System.Text.Json;
using Kinora.Images;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class PromoteImageToSession : SeedTool
{
    public override ToolSpec Spec { get; } = new("promote_image_to_session", "session", "Begin a session that refines an image generated here.")
    {
        Params = [PromoteImageToSessionTool.Image with { About = "image_path of an earlier result" }, SessionParams.Description("session_description"), SessionParams.Name],
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("session_id?", Shape.Text), ("session_name?", Shape.Text), ("session_description?", Shape.Text), ("original_context?", Shape.Object()),
            ("promoted_image?", Shape.Object(("path", Shape.Text), ("generation_id", Shape.Text))), ("ready_for_refinement?", Shape.Flag), ("next_steps?", Shape.List(Shape.Text)),
            .. Failures.Fields, ("help?", Shape.Text),
        ]),
        Effect = ToolEffect.Writes,
    };

    protected override string ErrorType => "promotion_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var path = call.Text("image_path");
        var promoted = await PromoteImageToSessionTool.RunAsync(call, path, cancel);
        var session = promoted.Session;
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("session_id", session.Id.ToString());
            json.WriteString("session_name", PlainText.Clean(session.Name ?? session.Description, SessionService.MaxName));
            json.WriteString("session_description", PlainText.Clean(session.Description, SessionService.MaxDescription));
            WriteContext(json, promoted.Notes);
            json.WriteStartObject("promoted_image");
            json.WriteString("path", path);
            json.WriteString("generation_id", promoted.Picture?.ToString() ?? promoted.Notes.GenerationId ?? "");
            json.WriteEndObject();
            json.WriteBoolean("ready_for_refinement", true);
            json.WriteStartArray("next_steps");
            json.WriteStringValue($"generate_image_in_session('{session.Id}', 'one change') refines it");
            json.WriteStringValue($"get_session_status('{session.Id}') shows how far it is");
            json.WriteStringValue($"close_session('{session.Id}') ends the session; the images stay");
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteContext(Utf8JsonWriter json, PictureNotes notes)
    {
        json.WriteStartObject("original_context");
        json.WriteString("prompt", PlainText.Clean(notes.OriginalPrompt ?? "", TextParam.LongestText));
        json.WriteString("revised_prompt", notes.RevisedPrompt is { } revised ? PlainText.Clean(revised, TextParam.LongestText) : null);
        json.WriteString("model", notes.Model);
        json.WriteStartObject("generation_params");
        if (notes.GenerationParams is { } made)
        {
            json.WriteString("quality", made.Quality);
            json.WriteString("size", made.Size);
            json.WriteString("background", made.Background);
            json.WriteString("style", made.Style);
        }

        json.WriteEndObject();
        json.WriteString("created_at", (notes.CreatedAt ?? notes.Timestamp) is { } time ? SessionParams.Time(time) : null);
        json.WriteEndObject();
    }
}
