using System.CommandLine;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>
/// The background worker: goes on with the jobs of a data folder until none is open. Hidden, because commands start it by themselves when they leave
/// work behind. One per folder: a lock file decides.
/// </summary>
internal static class WorkCommand
{
    /// <summary>
    /// Open jobs that nobody here can move (their provider is not configured) must not keep it alive for ever. Longer than any pause between two looks.
    /// </summary>
    private static readonly TimeSpan LongestIdle = RetryRules.LongestRetryAfter * 2;

    /// <summary>Five tries a second for longer than a worker takes to leave.</summary>
    private const int LockTries = 25;

    public static Command Build()
    {
        var command = new Command("work", "Go on with open jobs until none is left") { Hidden = true };
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var store = context.Host.Get<IJobStore>();
            for (var tries = 0; tries < LockTries && !cancel.IsCancellationRequested; tries++)
            {
                var emptied = false;
                using (var alone = BackgroundWorker.TryLock(context.Host.Data))
                {
                    if (alone is not null && !(emptied = await WorkAsync(context, store, cancel)))
                    {
                        break;
                    }
                }

                // Whoever stored a job after the last count saw the lock held, and left the job to this worker.
                if (emptied)
                {
                    if (await store.CountOpenAsync(CancellationToken.None) == 0)
                    {
                        break;
                    }

                    tries = 0;
                }

                // Another worker that holds the lock may be about to leave, or have been killed: this one outlasts it.
                await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    /// <summary>True when it ended because no job was open.</summary>
    private static async Task<bool> WorkAsync(CliContext context, IJobStore store, CancellationToken cancel)
    {
        var runner = context.Host.Get<JobRunner>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = Task.Run(() => runner.RunAsync(stop.Token), CancellationToken.None);
        var time = context.Host.Get<TimeProvider>();
        var busyAt = time.GetTimestamp();
        bool open;
        while ((open = await store.CountOpenAsync(CancellationToken.None) > 0) && !cancel.IsCancellationRequested && time.GetElapsedTime(busyAt) < LongestIdle)
        {
            if (runner.Active > 0)
            {
                busyAt = time.GetTimestamp();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), CancellationToken.None);
        }

        await stop.CancelAsync();
        await running;
        return !open;
    }
}
