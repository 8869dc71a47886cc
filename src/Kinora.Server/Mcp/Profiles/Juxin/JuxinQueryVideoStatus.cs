using Kinora.Generation;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.Juxin;

internal sealed class JuxinQueryVideoStatus : McpTool
{
    public override ToolSpec Spec { get; } = new("query_video_status", "video", "See how a video stands: its progress, its link when it is done, or why it failed.")
    {
        Params = [JuxinTask.TaskId],
        Result = JuxinTask.Shape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        await JuxinTask.AnswerAsync(call, await call.Studio.Generation.GetAsync(call.Client.Caller, call.Text("task_id"), MediaKind.Video, cancel), cancel);
}
