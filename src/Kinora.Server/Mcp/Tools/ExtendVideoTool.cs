using Kinora.Generation;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools;

internal sealed class ExtendVideoTool : McpTool
{
    public override ToolSpec Spec { get; } = new("extend_video", "video", "Make a new video that continues a completed one: seconds are appended.")
    {
        Params = [VideoParams.VideoId, VideoParams.Prompt, VideoParams.Seconds with { About = "Seconds to append" }, VideoParams.Seed, VideoParams.MaxCost, VideoParams.IdempotencyKey],
        Result = VideoObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        VideoStart.RunAsync(call, VideoParams.Draft(call.Arguments) with { Operation = Operation.Extend, SourceId = call.Text("video_id") });
}
