using Kinora.Generation;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools;

internal sealed class GetVideoStatusTool : McpTool
{
    public override ToolSpec Spec { get; } = new("get_video_status", "video", "Look once at how a video stands.")
    {
        Params = [VideoParams.VideoId],
        Result = VideoObject.Shape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, call.Text("video_id"), MediaKind.Video, cancel);
        return ToolAnswer.Of(json => VideoObject.Write(json, job), JobWords.Describe(job));
    }
}
