using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class DeleteVideo : McpTool
{
    public override ToolSpec Spec { get; } = new("delete_video", "video", "Delete a video for good.")
    {
        Params = [VideoParams.VideoId],
        Result = SeedVideo.DeletedShape,
        Effect = ToolEffect.Destroys,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => SeedVideo.DeleteAsync(call, cancel);
}
