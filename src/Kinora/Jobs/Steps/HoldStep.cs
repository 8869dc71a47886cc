using Kinora.Errors;

namespace Kinora.Jobs.Steps;

/// <summary>
/// Keeps a job from a provider that does not answer anybody. Waiting is no fault of the job and counts towards nothing; only its own deadline ends it.
/// </summary>
internal sealed class HoldStep(CollectStep collect)
{
    private static readonly TimeSpan JustAfter = TimeSpan.FromMilliseconds(1);

    /// <summary>True when the job was put off, or given up; false when its step may run.</summary>
    public async Task<bool> HoldsAsync(JobWork work)
    {
        if (!HeldJob.WouldCall(work.Job, work.Provider) || collect.GivesUp(work))
        {
            return false;
        }

        var passage = await work.AskAsync();
        if (passage.May)
        {
            return false;
        }

        if (work.Job is { Status: JobStatus.Queued, Alternatives.Count: > 0 })
        {
            await work.EndUnchargedAsync(ErrorCodes.ProviderUnreachable, $"{work.Job.Provider} is not reachable at present. Nothing was sent and nothing was charged.");
            return true;
        }

        var deadline = Deadline(work);
        if (passage.FoundShut && deadline < work.Now)
        {
            await GiveUpAsync(work);
            return true;
        }

        var due = deadline >= work.Now && deadline < passage.RetryAt ? deadline.Value + JustAfter : passage.RetryAt;
        var reason = passage.FoundShut ? HeldJob.Reason(work.Job, passage.RetryAt) : null;
        await work.StayAsync(due, update => update with { Reason = reason });
        return true;
    }

    /// <summary>Null: a paid result that was never tried to be fetched waits as long as it takes.</summary>
    private DateTimeOffset? Deadline(JobWork work)
    {
        var limit = work.Provider.Traits.Deadline;
        return work.Job.Status switch
        {
            // Counted from the beginning: a try that was turned away is no new start.
            JobStatus.Queued => work.Job.CreatedAt + limit,
            JobStatus.Collecting => work.Job.Faults > 0 ? collect.Deadline(work) : null,
            _ => (work.Job.SubmittedAt ?? work.Job.CreatedAt) + limit,
        };
    }

    private static Task<bool> GiveUpAsync(JobWork work) => work.Job.Status switch
    {
        JobStatus.Queued => work.FailAsync(
            JobStatus.Failed,
            ErrorCodes.ProviderUnreachable,
            $"{work.Job.Provider} was not reachable for {work.Provider.Traits.Deadline.TotalMinutes:0} minutes. Nothing was sent and nothing was charged; try again later."),
        JobStatus.Submitting => SubmitStep.UnknownAsync(work, "and the provider could not be asked"),
        _ => PollStep.ExpireAsync(work),
    };
}
