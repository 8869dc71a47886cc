using Kinora.Errors;
using Kinora.Health;
using Kinora.Providers;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>Looks at a job the provider has. Nothing a look shows can charge again or lose what is there.</summary>
internal sealed class PollStep(JobFiles files, CollectStep collect, RetryRules retry, ILogger log)
{
    /// <summary>The smallest step of progress that is worth an event.</summary>
    private const double ProgressStep = 0.005;

    public async Task RunAsync(JobWork work)
    {
        if (work.Job.CancelRequested && await CancelAsync(work))
        {
            return;
        }

        // Looked at even when the deadline has passed: the program may have been off while the provider finished.
        var late = work.IsLate;
        var remote = await files.RemoteAsync(work.Job, work.Interrupted);
        var outcome = await work.Provider.CheckAsync(remote, work, work.Interrupted);
        if (outcome is CheckOutcome.Failed { Code: ErrorCodes.AssetMissing } && await files.FetchWorkAsync(work.Job, work.Interrupted))
        {
            // It came with the answer to its create, on another machine.
            outcome = await work.Provider.CheckAsync(remote, work, work.Interrupted);
        }

        CrashPoints.Hit(CrashPoints.MidPoll);
        work.Heard(ProviderSign.Of(outcome));
        await (outcome switch
        {
            CheckOutcome.Finished finished => collect.BeginAsync(work, finished.Outputs, finished.CostUsd),
            CheckOutcome.Failed failed => work.FailAsync(
                JobStatus.Failed, failed.Code, failed.Text, update => update with { ChargedUsd = CollectStep.Charge(failed.CostUsd) }),
            _ when late => ExpireAsync(work),
            CheckOutcome.Running running => RunningAsync(work, running),
            CheckOutcome.Missing missing => MissingAsync(work, missing),
            CheckOutcome.NotAllowed refused => NotAllowedAsync(work, refused),
            CheckOutcome.Unreachable fault => FaultAsync(work, fault.Text, fault.RetryAfter),
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        });
    }

    /// <summary>Asks the provider to stop it. True when the job is over; false when it goes on.</summary>
    public async Task<bool> CancelAsync(JobWork work)
    {
        if (work.Provider is not ICancellingProvider cancelling)
        {
            return false;
        }

        return await StoppedAsync(work, cancelling)
            && await work.FailAsync(JobStatus.Cancelled, ErrorCodes.Cancelled, "Cancelled by its owner.");
    }

    /// <summary>A wish that the provider cannot hear must not keep the job from being looked at.</summary>
    private async Task<bool> StoppedAsync(JobWork work, ICancellingProvider provider)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return await provider.CancelAsync(await files.RemoteAsync(work.Job, limit.Token), limit.Token);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            log.StepFailed(work.Job.Id, work.Job.Provider, fault);
            return false;
        }
    }

    public static Task<bool> ExpireAsync(JobWork work) => work.FailAsync(
        JobStatus.Expired,
        ErrorCodes.Expired,
        $"No end after {work.Provider.Traits.Deadline.TotalMinutes:0} minutes. The provider may still finish it: waiting for it looks again.");

    private Task<bool> RunningAsync(JobWork work, CheckOutcome.Running running)
    {
        // Progress is a fact about the past: a smaller figure is noise.
        var progress = running.Progress is { } p && Math.Clamp(p, 0, 1) >= work.Job.Progress + ProgressStep ? Math.Clamp(p, 0, 0.99) : (double?)null;
        var recovered = work.Job.Faults > 0 || work.Job.MissingSince is not null || HeldJob.Is(work.Job);
        return work.StayAsync(work.Now + retry.NextLook(work.Provider.Traits, running.NextLook, work.Age), update => update with
        {
            Progress = progress,
            Faults = 0,
            Reason = recovered ? "The provider answers again." : null,
        });
    }

    private Task<bool> MissingAsync(JobWork work, CheckOutcome.Missing missing)
    {
        var since = work.Job.MissingSince ?? work.Now;
        var faults = work.Job.Faults + 1;
        var strikes = work.Job.Strikes + 1;
        var young = work.Age < RetryRules.MissingGrace;
        if (!young && strikes >= RetryRules.MissingLooks && work.Now - since >= RetryRules.MissingSpan)
        {
            return work.FailAsync(
                JobStatus.Failed,
                ErrorCodes.RemoteLost,
                $"The provider has not known the job for {(work.Now - since).TotalMinutes:0} minutes. Its id there was {work.Job.RemoteId}; ask the provider before making it again.");
        }

        var usual = retry.NextLook(work.Provider.Traits, null, work.Age);
        var pause = young ? usual : Longer(usual, RetryRules.MissingSpan / RetryRules.MissingLooks);
        log.WillRetry(work.Job.Id, work.Job.Provider, missing.Text, pause.TotalSeconds);
        return work.StayAsync(work.Now + pause, update => update with
        {
            Faults = faults,
            Strikes = strikes,
            MissingSince = since,
            Reason = faults == 1 ? "The provider does not know the job at the moment; it is looked at again." : null,
        });
    }

    private Task<bool> NotAllowedAsync(JobWork work, CheckOutcome.NotAllowed refused) =>
        FaultAsync(work, $"{ErrorCodes.AuthRequired}: {refused.Text} The job there goes on; it is looked at again once the right key is set.", null);

    private Task<bool> FaultAsync(JobWork work, string text, TimeSpan? retryAfter)
    {
        var faults = work.Job.Faults + 1;
        var pause = retry.AfterFault(work.Provider.Traits, faults, retryAfter);
        log.WillRetry(work.Job.Id, work.Job.Provider, text, pause.TotalSeconds);
        return work.StayAsync(work.Now + pause, update => update with { Faults = faults, Reason = faults == 1 ? text : null });
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
