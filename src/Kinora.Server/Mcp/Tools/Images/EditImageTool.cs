using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Images;

internal sealed class EditImageTool : McpTool
{
    /// <summary>Beside the first: sixteen in all is the most that any model takes.</summary>
    private const int MostMore = 15;

    public override ToolSpec Spec { get; } = new("edit_image", "image", "Change an image, or draw from several, as a prompt says; waits up to 50 s.")
    {
        Params =
        [
            ImageParams.ImagePath,
            VideoParams.Prompt,
            ImageParams.Mask,
            new TextListParam("more_image_paths", new TextParam("item") { MaxLength = EncodedPicture.MaxLength, FoundBy = FoundBy.References }, MostMore),
            VideoParams.Model,
            .. ImageParams.Look,
            ImageParams.Preview,
            .. ImageParams.Safety,
        ],
        Result = ImageObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        return ImageStart.RunAsync(
            call,
            ImageParams.Draft(given) with
            {
                References =
                [
                    ImageInputs.Source(call, "image_path", given.Text("image_path")),
                    .. given.Texts("more_image_paths").Select(text => ImageInputs.Source(call, "more_image_paths", text)),
                ],
                Mask = ImageInputs.Optional(call, "mask_path"),
            },
            cancel);
    }
}
