using Kinora.Providers;

namespace Kinora.Jobs.Steps;

/// <summary>
/// Takes up a job whose worker vanished between the intent and the provider's answer. Asks the provider where it can be asked; otherwise says honestly
/// that it is unknown. Never a second create, unless repeating cannot cost twice.
/// </summary>
internal sealed class ReconcileStep(IJobStore store, JobFiles files, SubmitStep submit)
{
    public async Task RunAsync(JobWork work)
    {
        var submission = await files.SubmissionAsync(work.Job, CancellationToken.None);
        if (work.Provider.Traits.RepeatableSubmit)
        {
            await submit.SendAsync(work, submission);
            return;
        }

        if (work.Provider is IReconcilingProvider reconciling && await FindAsync(work, reconciling, submission) is { } remoteId)
        {
            await work.MoveAsync(
                JobStatus.Running, "Found again at the provider after an interruption.", work.Now, update => update with { RemoteId = remoteId });
            return;
        }

        await SubmitStep.UnknownAsync(work, "the program ended while it was being sent");
    }

    private async Task<string?> FindAsync(JobWork work, IReconcilingProvider provider, Submission submission)
    {
        // Asked without a token of ours: the provider folder has its own time limits for reading.
        return await provider.FindAsync(
            submission,
            work.Job.SubmittedAt ?? work.Job.CreatedAt,
            id => store.OwnsRemoteAsync(work.Job.Provider, id, CancellationToken.None).GetAwaiter().GetResult(),
            work.Interrupted);
    }
}
