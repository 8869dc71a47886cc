using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>Waits for a job with a progress bar, and tells how it ended, or how to go on.</summary>
internal static class Following
{
    /// <param name="timeout">Null: as long as it takes.</param>
    /// <returns>The job at its end, or the exit code for leaving before.</returns>
    public static async Task<(Job? Job, int ExitCode)> WaitAsync(CliContext context, Job made, TimeSpan? timeout, CancellationToken cancel)
    {
        var service = context.Host.Get<GenerationService>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (timeout is { } span)
        {
            limit.CancelAfter(span);
        }

        try
        {
            using var progress = new ProgressLine(context.Host.Get<TimeProvider>());
            var job = await service.WaitAsync(Caller.Local, made.PublicId, progress.Show, limit.Token);
            return (job, job switch
            {
                { Status: JobStatus.Completed } => ExitCodes.Done,
                { ErrorCode: ErrorCodes.ProviderNotAllowed or ErrorCodes.AuthRequired } => ExitCodes.NotAllowed,
                _ => ExitCodes.Failed,
            });
        }
        catch (OperationCanceledException)
        {
            CliContext.Say(cancel.IsCancellationRequested ? "Interrupted. The job goes on in the background." : "Time is up. The job goes on in the background.");
            CliContext.Say($"To wait for it:  kinora wait {made.PublicId}");
            return (null, cancel.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.TimeUp);
        }
    }

    /// <summary>Tells of a job at its end: the failure, or the warnings.</summary>
    public static void Report(CliContext context, Job job)
    {
        foreach (var warning in job.Warnings)
        {
            CliContext.Say("note: " + warning);
        }

        if (job.Status != JobStatus.Completed)
        {
            CliContext.Say($"kinora: {Outcome(job)}: {job.ErrorText ?? job.Reason}");
        }
    }

    private static string Outcome(Job job) => job.ErrorCode switch
    {
        ErrorCodes.SubmissionUnknown => "what became of the job is unknown",
        ErrorCodes.Cancelled => "the job was cancelled",
        ErrorCodes.Expired or ErrorCodes.AssetExpired => "the job expired",
        _ => "the job failed",
    };
}
