using Kinora.Generation;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools;

internal sealed class RemixVideoTool : McpTool
{
    public override ToolSpec Spec { get; } = new("remix_video", "video", "Make a new video from a completed one with one change described in the prompt.")
    {
        Params = [VideoParams.VideoId, VideoParams.Prompt, VideoParams.Seed, VideoParams.MaxCost, VideoParams.IdempotencyKey],
        Result = VideoObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        VideoStart.RunAsync(call, VideoParams.Draft(call.Arguments) with { Operation = Operation.Remix, SourceId = call.Text("video_id") });
}
