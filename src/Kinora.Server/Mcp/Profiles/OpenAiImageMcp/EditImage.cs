using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class EditImage(OpenCalls open) : PictureTool(open)
{
    private const int LongestPath = 2_000;

    public override ToolSpec Spec { get; } = new("edit_image", "image", "Edit an existing image, alone or within a session.")
    {
        Params = [ImageParams.ImagePath, VideoParams.Prompt, Pictures.Session, ImageParams.Mask, Pictures.Quality],
        Result = Pictures.ShapeWith(("original_image_path?", Shape.Text)),
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "edit_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var draft = Pictures.Draft(call.Arguments) with { Mask = ImageInputs.Optional(call, "mask_path") };
        var job = await MakeAsync(call, call.Arguments.TextOrNull("session_id"), await ImageInputs.FromAsync(call, draft, "image_path", cancel), cancel);
        return await Pictures.AnswerAsync(
            call, job, ErrorType, json => json.WriteString("original_image_path", PlainText.Clean(call.Text("image_path"), LongestPath)), cancel);
    }
}
