using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class WaitForVideoTool : McpTool
{
    /// <summary>How often a quiet job is heard of: clients give up calls that stay silent (one of them after 300 s, most after 60).</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public override ToolSpec Spec { get; } = new("wait_for_video", "video", "Wait until a video is done or the time is up; then call it again.")
    {
        Params = [VideoParams.VideoId, new IntegerParam("timeout_seconds", 0, 3_600) { Default = 50 }],
        Result = VideoObject.BriefShape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(call.Arguments.Integer("timeout_seconds")));
        var id = call.Text("video_id");
        var job = await call.Studio.Generation.LookAgainAsync(call.Client.Caller, id, cancel);
        using var stopTelling = new CancellationTokenSource();
        var latest = job;
        var telling = TellAsync(call, () => latest, stopTelling.Token);
        try
        {
            latest = await call.Studio.Generation.WaitAsync(call.Client.Caller, id, changed => latest = changed, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time is up: the last state is the answer.
        }
        finally
        {
            await stopTelling.CancelAsync();
            await telling;
        }

        var ended = latest;
        return ToolAnswer.Of(json => VideoObject.Write(json, ended), JobWords.Describe(ended)) with { Job = ended };
    }

    private static async Task TellAsync(ToolCall call, Func<Job> latest, CancellationToken stop)
    {
        var toldAt = DateTimeOffset.MinValue;
        var told = -1;
        while (!stop.IsCancellationRequested)
        {
            var (job, now) = (latest(), call.Studio.Time.GetUtcNow());
            var percent = Commands.JobView.Percent(job);
            if (percent > told || now - toldAt >= Beat)
            {
                await call.Progress.ReportAsync(percent, JobWords.Short(job), stop);
                (told, toldAt) = (percent, now);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), call.Studio.Time, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
