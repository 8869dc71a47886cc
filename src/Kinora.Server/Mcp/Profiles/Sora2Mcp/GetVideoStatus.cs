using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class GetVideoStatus : McpTool
{
    public override ToolSpec Spec { get; } = new("get_video_status", "video", "Retrieve the current status and progress of a video generation job.")
    {
        Params = [VideoParams.VideoId],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => SeedVideo.StatusAsync(call, cancel);
}
