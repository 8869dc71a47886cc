using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Jobs.Steps;

/// <summary>
/// Takes up a job whose worker vanished between the intent and the provider's answer. Asks the provider where it can be asked; otherwise says honestly
/// that it is unknown. Never a second create, unless repeating cannot cost twice.
/// </summary>
internal sealed class ReconcileStep(IJobStore store, JobFiles files, SubmitStep submit, RetryRules retry)
{
    /// <summary>How often the provider's list is read before the job is called unknown.</summary>
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

        var remoteId = await reconciling.FindAsync(
            await files.SubmissionAsync(work.Job, CancellationToken.None),
            work.Job.SubmittedAt ?? work.Job.CreatedAt,
            id => store.OwnsRemoteAsync(work.Job.Provider, id, CancellationToken.None),
            work.Interrupted);
        if (remoteId is not null)
        {
            await work.MoveAsync(JobStatus.Running, "Found again at the provider.", work.Now, update => update with { RemoteId = remoteId });
        }
        else if (work.Job.Strikes + 1 < Looks)
        {
            // A list may lag behind the create, or not answer just now.
            var strikes = work.Job.Strikes + 1;
            await work.StayAsync(work.Now + retry.AfterFault(work.Provider.Traits, strikes, null), update => update with { Strikes = strikes });
        }
        else
        {
            await UnknownAsync(work, "no job in its list is surely this one");
        }
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
