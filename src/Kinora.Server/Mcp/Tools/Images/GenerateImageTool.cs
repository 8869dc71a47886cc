using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools.Images;

internal sealed class GenerateImageTool : McpTool
{
    public override ToolSpec Spec { get; } = new("generate_image", "image", "Make an image from a prompt, and wait for it up to 50 s.")
    {
        Params =
        [
            VideoParams.Prompt,
            VideoParams.Model,
            .. ImageParams.Look,
            ImageParams.Count,
            VideoParams.Seed,
            ImageParams.Preview,
            .. ImageParams.Safety,
        ],
        Result = ImageObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => ImageStart.RunAsync(call, ImageParams.Draft(call.Arguments), cancel);
}
