using Kinora.Errors;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Mcp.Tools.Sessions;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GenerateImageInSession(OpenCalls open) : PictureTool(open)
{
    public override ToolSpec Spec { get; } = new("generate_image_in_session", "session", "Generate an image within a session; goes on from its newest image, or from an earlier one given as reference.")
    {
        Params =
        [
            SessionParams.Id,
            VideoParams.Prompt,
            ImageParams.ImagePath with { Name = "reference_image_path", Required = false },
            ImageParams.Mask with { Name = "mask_image_path" },
            Pictures.Quality,
            Pictures.Size,
            Pictures.Background,
        ],
        Result = Pictures.InSessionShape,
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "generation_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var draft = Pictures.Draft(call.Arguments) with { Mask = ImageInputs.Optional(call, "mask_image_path") };
        if (call.Arguments.Has("reference_image_path"))
        {
            // Drawn from beside the newest image, unless a mask says what of it may change.
            draft = await ImageInputs.FromAsync(call, draft, "reference_image_path", cancel) with { FromReferencesOnly = draft.Mask is not null };
        }
        else if (draft.Mask is not null)
        {
            throw KinoraException.Invalid([new Fault("reference_image_path", "mask_image_path requires reference_image_path: the picture that the mask belongs to.")]);
        }

        var job = await MakeAsync(call, call.Text("session_id"), draft, cancel);
        return await Pictures.AnswerAsync(call, job, ErrorType, _ => { }, cancel);
    }
}
