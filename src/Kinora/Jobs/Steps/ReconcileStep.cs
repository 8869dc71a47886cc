using Kinora.Errors;
using Kinora.Providers;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>
/// Takes up a job whose worker vanished between the intent and the provider's answer. Asks the provider where it can be asked; otherwise says honestly
/// that it is unknown. Never a second create, unless repeating cannot cost twice.
/// </summary>
internal sealed class ReconcileStep(IJobStore store, JobFiles files, SubmitStep submit, RetryRules retry, ILogger log)
{
    /// <summary>How often the job is missed in the provider's list before it is called unknown. A list that cannot be read misses it only after the deadline.</summary>
    private const int Looks = 3;

    public async Task RunAsync(JobWork work)
    {
        if (work.Provider.Traits.RepeatableSubmit)
        {
            if (await submit.ReadyAsync(work) is { } ready)
            {
                await submit.SendAsync(work, ready);
            }

            return;
        }

        if (work.Provider is not IReconcilingProvider reconciling)
        {
            await UnknownAsync(work, "this provider has no list of its jobs to look into");
            return;
        }

        var outcome = await reconciling.FindAsync(
            await files.SubmissionAsync(work.Job, CancellationToken.None),
            work.Job.SubmittedAt ?? work.Job.CreatedAt,
            id => store.OwnsRemoteAsync(work.Job.Provider, id, CancellationToken.None),
            work.Interrupted);
        await (outcome switch
        {
            FindOutcome.Found found => AdoptAsync(work, found.RemoteId),
            FindOutcome.Unreachable fault when !work.IsLate => PutOffAsync(work, fault),
            FindOutcome.Unreachable => StrikeAsync(work, "its list could not be read"),
            FindOutcome.NotThere => StrikeAsync(work, "no job in its list is surely this one"),
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        });
    }

    /// <summary>A twin of the job whose answer may still come may be the one that was found.</summary>
    private async Task<bool> AdoptAsync(JobWork work, string remoteId)
    {
        if (!work.IsLate && await store.HasTwinBeingSentAsync(work.Job, work.Now - (work.Provider.Traits.SubmitTimeout * SubmitStep.Patience), CancellationToken.None))
        {
            return await work.StayAsync(work.Now + retry.NextLook(work.Provider.Traits, null, work.Age));
        }

        return await work.AdoptAsync(remoteId) || await StrikeAsync(work, "the one in its list belongs to another job");
    }

    /// <summary>An outage says nothing about the job. The reason stays: it tells what became of the create.</summary>
    private Task<bool> PutOffAsync(JobWork work, FindOutcome.Unreachable fault)
    {
        var faults = work.Job.Faults + 1;
        var pause = retry.AfterFault(work.Provider.Traits, faults, fault.RetryAfter);
        log.WillRetry(work.Job.Id, work.Job.Provider, fault.Text, pause.TotalSeconds);
        return work.StayAsync(work.Now + pause, update => update with { Faults = faults });
    }

    /// <summary>A list may lag behind the create: it is looked into again, but not for ever.</summary>
    private Task<bool> StrikeAsync(JobWork work, string why)
    {
        var strikes = work.Job.Strikes + 1;
        return strikes < Looks
            ? work.StayAsync(work.Now + retry.AfterFault(work.Provider.Traits, strikes, null), update => update with { Strikes = strikes })
            : UnknownAsync(work, why);
    }

    private static Task<bool> UnknownAsync(JobWork work, string why) => RestoredJob.Is(work.Job)
        ? work.FailAsync(JobStatus.SubmissionUnknown, ErrorCodes.SubmissionUnknown, RestoredJob.UnknownText(why))
        : SubmitStep.UnknownAsync(work, WhatHappened(work));

    /// <summary>A live worker left its reason; a dead one could not.</summary>
    private static string WhatHappened(JobWork work) =>
        work.Job.Reason.StartsWith(SubmitStep.LookingItUp, StringComparison.Ordinal)
            ? work.Job.Reason[SubmitStep.LookingItUp.Length..]
            : "the program ended while it was being sent";
}
