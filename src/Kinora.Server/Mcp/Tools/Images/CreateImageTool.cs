using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools.Images;

internal sealed class CreateImageTool : McpTool
{
    public override ToolSpec Spec { get; } = new("create_image", "image", "Start an image and return at once; then call get_image_status.")
    {
        Params =
        [
            VideoParams.Prompt,
            ImageParams.ImageId with { Name = "previous_response_id", Required = false, About = "Image id to go on from" },
            VideoParams.Model,
            .. ImageParams.Look,
            .. ImageParams.Safety,
        ],
        Result = ImageObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var draft = ImageParams.Draft(call.Arguments) with { SourceId = call.Arguments.TextOrNull("previous_response_id") };
        var created = await ImageStart.SubmitAsync(call, session: null, draft);
        return await ImageStart.AnswerAsync(call, created, wait: false, cancel);
    }
}
