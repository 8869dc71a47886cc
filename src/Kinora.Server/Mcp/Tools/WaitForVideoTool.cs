using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class WaitForVideoTool : McpTool
{
    public override ToolSpec Spec { get; } = new("wait_for_video", "video", "Wait until a video is done or the time is up; then call it again.")
    {
        Params = [VideoParams.VideoId, new IntegerParam("timeout_seconds", 0, 3_600) { Default = (long)JobWait.Usual.TotalSeconds }],
        Result = VideoObject.BriefShape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var service = call.Studio.Generation;
        var known = await service.GetAsync(call.Client.Caller, call.Text("video_id"), MediaKind.Video, cancel);
        var job = await service.LookAgainAsync(call.Client.Caller, known.Id.ToString(), cancel);
        var ended = await JobWait.UntilDoneAsync(call, job, TimeSpan.FromSeconds(call.Arguments.Integer("timeout_seconds")), cancel);
        return ToolAnswer.Of(json => VideoObject.Write(json, ended), JobWords.Describe(ended)) with { Job = ended };
    }
}
