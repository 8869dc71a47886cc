using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraRemix : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_remix", "video", "Create a new video from a completed one with one change.")
    {
        Params = [VideoParams.VideoId with { Name = "previous_video_id" }, VideoParams.Prompt],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        SeedVideo.StartAsync(call, VideoParams.Draft(call.Arguments) with { Operation = Operation.Remix, SourceId = call.Text("previous_video_id") });
}
