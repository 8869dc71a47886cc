using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Sessions;

internal sealed class GenerateImageInSessionTool : McpTool
{
    public override ToolSpec Spec { get; } = new("generate_image_in_session", "session", "Make a session's next image, from its newest or from an earlier one.")
    {
        Params =
        [
            SessionParams.Id,
            VideoParams.Prompt,
            ImageParams.ImageId with { Name = "from_image_id", Required = false, About = "Branch from this image" },
            new TextParam("reference_image_path") { MaxLength = EncodedPicture.MaxLength, About = "Image id, file name, URL or base64" },
            new TextParam("mask_image_path") { MaxLength = EncodedPicture.MaxLength },
            .. ImageParams.Look,
            ImageParams.Preview,
            .. ImageParams.Safety,
        ],
        Result = ImageObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        ImageStart.RunAsync(call, call.Text("session_id"), Turn(call) with { SourceId = call.Arguments.TextOrNull("from_image_id") }, cancel);

    /// <summary>The draft of a turn by the parameters that the original has too.</summary>
    public static GenerationDraft Turn(ToolCall call) => ImageParams.Draft(call.Arguments) with
    {
        References = ImageInputs.Optional(call, "reference_image_path") is { } reference ? [reference] : [],
        Mask = ImageInputs.Optional(call, "mask_image_path"),
    };
}
