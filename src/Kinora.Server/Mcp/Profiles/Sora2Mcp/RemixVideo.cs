using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class RemixVideo : McpTool
{
    public override ToolSpec Spec { get; } = new("remix_video", "video", "Create a new video from a completed one with one targeted change.")
    {
        Params = [VideoParams.VideoId, VideoParams.Prompt],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        SeedVideo.StartAsync(call, VideoParams.Draft(call.Arguments) with { Operation = Operation.Remix, SourceId = call.Text("video_id") });
}
