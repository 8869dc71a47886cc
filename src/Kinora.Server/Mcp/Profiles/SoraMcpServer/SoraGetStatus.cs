using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraGetStatus : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_get_status", "video", "Get the status and progress of a video job.")
    {
        Params = [VideoParams.VideoId],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => SeedVideo.StatusAsync(call, cancel);
}
