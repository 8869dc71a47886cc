using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraDelete : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_delete", "video", "Delete a video for good.")
    {
        Params = [VideoParams.VideoId],
        Result = SeedVideo.DeletedShape,
        Effect = ToolEffect.Destroys,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => SeedVideo.DeleteAsync(call, cancel);
}
