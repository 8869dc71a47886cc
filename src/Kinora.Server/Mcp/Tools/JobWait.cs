using Kinora.Jobs;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools;

/// <summary>The bounded wait of tools: with progress notifications, and the last state when the time is up.</summary>
internal static class JobWait
{
    /// <summary>Clients give up calls that stay longer (most after 60 s).</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(50);

    /// <summary>How often a quiet job is heard of: clients give up calls that stay silent (one of them after 300 s, most after 60).</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <param name="cancel">The client hung up: the waiting ends, the job goes on.</param>
    public static async Task<Job> UntilDoneAsync(ToolCall call, Job job, TimeSpan limit, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        using var stopTelling = new CancellationTokenSource();
        var latest = job;
        var telling = TellAsync(call, () => latest, stopTelling.Token);
        try
        {
            latest = await call.Studio.Generation.WaitAsync(call.Client.Caller, job.Id.ToString(), changed => latest = changed, time.Token);
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

        return latest;
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
