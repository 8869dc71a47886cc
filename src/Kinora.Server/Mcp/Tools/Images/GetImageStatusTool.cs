using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Images;

internal sealed class GetImageStatusTool : McpTool
{
    public override ToolSpec Spec { get; } = new("get_image_status", "image", "See how an image stands and where it lies; can wait for it.")
    {
        Params = [ImageParams.ImageId, new IntegerParam("timeout_seconds", 0, 3_600) { Default = 0 }, ImageParams.Preview],
        Result = ImageObject.Shape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var service = call.Studio.Generation;
        var job = await service.GetAsync(call.Client.Caller, ImageJob.Id(call.Text("image_id")), MediaKind.Image, cancel);
        var limit = TimeSpan.FromSeconds(call.Arguments.Integer("timeout_seconds"));
        if (limit > TimeSpan.Zero)
        {
            job = await JobWait.UntilDoneAsync(call, await service.LookAgainAsync(call.Client.Caller, job.PublicId, cancel), limit, cancel);
        }

        return await ImageStart.AnswerAsync(call, job, deduplicated: false, cancel) with { IsError = false };
    }
}
