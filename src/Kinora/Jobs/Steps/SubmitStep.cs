using Kinora.Errors;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Providers;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>Sends a create: intent first, then the one request, then what became of it.</summary>
internal sealed class SubmitStep(IJobStore store, JobFiles files, CollectStep collect, RetryRules retry, ILogger log)
{
    /// <summary>How often an answer is offered to a store that fails: over about a quarter of an hour.</summary>
    private const int SaveTries = 60;

    /// <summary>The same while the program wants to end.</summary>
    private const int SaveTriesWhenStopping = 5;

    /// <summary>How much longer than the provider's own time an answer is waited for.</summary>
    public const double Patience = 1.1;

    /// <summary>Begins the reason of a job whose fate is being looked up at the provider; what happened follows.</summary>
    public const string LookingItUp = "No clear answer, so it is looked up at the provider: ";

    public async Task RunAsync(JobWork work)
    {
        if (work.Job.CancelRequested)
        {
            // Wished for during a try that was turned away.
            await work.FailAsync(JobStatus.Cancelled, ErrorCodes.Cancelled, "Cancelled before it was sent; nothing was charged.");
            return;
        }

        if (await ReadyAsync(work) is not { } submission)
        {
            return;
        }

        if (submission.Request.Source is not null && submission.Source is null)
        {
            await work.FailAsync(JobStatus.Failed, ErrorCodes.AssetMissing, $"The {work.Job.Kind.Word()} it starts from was deleted before this was sent; nothing was charged.");
            return;
        }

        // The last moment in which nothing was promised to anybody.
        work.Interrupted.ThrowIfCancellationRequested();

        // The faults of earlier tries are kept: without them it would be tried for ever.
        var faults = work.Job.Faults;
        if (await work.AdvanceAsync(JobStatus.Submitting, "Sending it to the provider.", update => update with { Faults = faults }))
        {
            CrashPoints.Hit(CrashPoints.IntentCommitted);
            await SendAsync(work, submission);
        }
    }

    /// <summary>Null when the store cannot give what is to be sent: then nothing is sent now.</summary>
    public async Task<Submission?> ReadyAsync(JobWork work)
    {
        try
        {
            return await files.ReadyAsync(work.Job, work.Interrupted);
        }
        catch (KinoraException fault) when (work.Job.Status == JobStatus.Queued && fault.Code is ErrorCodes.AssetMissing or ErrorCodes.StorageDamaged)
        {
            await work.FailAsync(JobStatus.Failed, fault.Code, $"{fault.Message} Nothing was sent and nothing was charged.");
            return null;
        }
        catch (KinoraException fault) when (!work.IsLate && fault.Code is ErrorCodes.StorageUnavailable or ErrorCodes.StorageFull)
        {
            // Not the provider's fault and not counted.
            log.WillRetry(work.Job.Id, work.Job.Provider, fault.Message, CollectStep.StorePause.TotalSeconds);
            await work.StayAsync(work.Now + CollectStep.StorePause, update => update with { Reason = "Not sent yet: " + fault.Message });
            return null;
        }
    }

    /// <summary>The part after the durable intent; also the way of a repeatable submission after a crash.</summary>
    public async Task SendAsync(JobWork work, Submission submission)
    {
        var outcome = await AskAsync(work, submission);
        CrashPoints.Hit(CrashPoints.ReplyNotCommitted);
        work.Heard(ProviderSign.Of(outcome));
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                await AcceptedAsync(work, accepted);
                break;
            case SubmitOutcome.Finished finished:
                await FinishedAsync(work, finished);
                break;
            case SubmitOutcome.Refused refused:
                await SaveAsync(work, null, () => work.EndUnchargedAsync(refused.Code, refused.Text));
                break;
            case SubmitOutcome.NotSent notSent:
                await SaveAsync(work, null, () => NotSentAsync(work, notSent));
                break;
            case SubmitOutcome.NotAllowed notAllowed:
                await SaveAsync(work, null, () => NotAllowedAsync(work, notAllowed));
                break;
            case SubmitOutcome.Unknown unknown when work.Provider is IReconcilingProvider:
                // Stays under the intent, to be looked up in the provider's list.
                await work.StayAsync(work.Now, update => update with { Reason = LookingItUp + unknown.Text, Durable = true });
                break;
            case SubmitOutcome.Unknown unknown:
                await UnknownAsync(work, unknown.Text);
                break;
        }
    }

    public static Task<bool> UnknownAsync(JobWork work, string what) => work.FailAsync(
        JobStatus.SubmissionUnknown,
        ErrorCodes.SubmissionUnknown,
        $"It was sent, but no answer proves what became of it ({what.TrimEnd('.')}). It is not sent again by itself, because it may have been charged. " +
        "Whoever runs this Kinora looks into the account at the provider and says what is there (`kinora jobs resolve`); create it anew only if it is not.");

    private async Task<SubmitOutcome> AskAsync(JobWork work, Submission submission)
    {
        var limit = work.Provider.Traits.SubmitTimeout;
        var deadline = new CancellationTokenSource(limit);
        Task<SubmitOutcome>? answer = null;
        try
        {
            answer = work.Provider.SubmitAsync(submission, deadline.Token);
            return await answer.WaitAsync(limit * Patience);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException)
        {
            if (answer is { IsCompleted: false })
            {
                // It does not listen to its deadline: the job must not hang with it, but its answer is still worth money.
                _ = RescueLateAsync(work.Job, answer);
            }

            return new SubmitOutcome.Unknown($"no answer within {limit.TotalSeconds:0} seconds");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A bug in the provider folder: whether the request went out cannot be known.
            return new SubmitOutcome.Unknown("the program failed while sending: " + fault.GetType().Name);
        }
    }

    private async Task AcceptedAsync(JobWork work, SubmitOutcome.Accepted accepted)
    {
        var due = work.Now + retry.NextLook(work.Provider.Traits, accepted.NextLook, TimeSpan.Zero);
        await KeepAsync(work, accepted.RemoteId, accepted.RemoteData, () => work.MoveAsync(JobStatus.Running, "The provider has it.", due, update => update with
        {
            RemoteId = accepted.RemoteId,
            RemoteData = accepted.RemoteData,
            Warnings = accepted.Warnings is { Count: > 0 } warnings ? [.. work.Job.Warnings, .. warnings] : null,
        }));
        CrashPoints.Hit(CrashPoints.AcceptedCommitted);
    }

    private Task FinishedAsync(JobWork work, SubmitOutcome.Finished finished) =>
        KeepAsync(work, finished.RemoteId, finished.RemoteData, () => collect.BeginAsync(work, finished.Outputs, finished.CostUsd, update => update with
        {
            RemoteId = finished.RemoteId,
            RemoteData = finished.RemoteData,
        }));

    /// <summary>The answer to a paid call exists only here: it is saved past a lost lease.</summary>
    private Task KeepAsync(JobWork work, string remoteId, string? remoteData, Func<Task<bool>> save) =>
        SaveAsync(work, remoteId, async () => await save() || await RescueAsync(work.Job.Id, remoteId, remoteData));

    /// <summary>
    /// What the provider said exists only here: it is offered again while the database is busy or the disk full. A clear no as well: forgotten, it would leave a job of
    /// unknown fate.
    /// </summary>
    /// <param name="remoteId">Null: the provider did not take it.</param>
    private async Task SaveAsync(JobWork work, string? remoteId, Func<Task<bool>> save)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await save();
                return;
            }
            catch (Exception fault) when (work.Job.Status == JobStatus.Submitting
                && attempt < (work.Interruption == Interruption.Stopping ? SaveTriesWhenStopping : SaveTries))
            {
                if (remoteId is null)
                {
                    log.RefusalNotSaved(work.Job.Id, work.Job.Provider, fault);
                }
                else
                {
                    log.AnswerNotSaved(work.Job.Id, work.Job.Provider, remoteId, fault);
                }

                await work.PauseAsync(TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, attempt - 1), 15_000)));
            }
        }
    }

    private async Task<bool> NotSentAsync(JobWork work, SubmitOutcome.NotSent notSent)
    {
        // A pause the provider asked for is no fault; only silence is counted, and not against the one job that had to try for all.
        var counts = notSent.RetryAfter is null && !work.IsProbe;
        var faults = work.Job.Faults + 1;
        var waited = work.Now - work.Job.CreatedAt;
        var another = work.Job.Alternatives.Count > 0 && !notSent.IsLocal;
        if (another || (counts && faults >= RetryRules.SubmitTries) || waited > work.Provider.Traits.Deadline)
        {
            return await work.EndUnchargedAsync(
                ErrorCodes.ProviderUnreachable,
                $"The provider could not be reached: {notSent.Text.TrimEnd('.')}. Nothing was sent and nothing was charged{(another ? "" : "; try again later")}.");
        }

        var pause = retry.AfterFault(work.Provider.Traits, faults, notSent.RetryAfter);
        return await work.MoveAsync(
            JobStatus.Queued,
            FormattableString.Invariant($"Not sent yet: {notSent.Text.TrimEnd('.')}. Tried again in {pause.TotalSeconds:0} s."),
            work.Now + pause,
            update => update with { Faults = counts ? faults : work.Job.Faults });
    }

    /// <summary>Others of the same provider would be told the same, so this is no fault of the job; and the operator may be asleep.</summary>
    private Task<bool> NotAllowedAsync(JobWork work, SubmitOutcome.NotAllowed notAllowed)
    {
        if (work.Job.Alternatives.Count > 0 || work.Now - work.Job.CreatedAt > RetryRules.KeyPatience)
        {
            return work.EndUnchargedAsync(ErrorCodes.AuthRequired, $"{notAllowed.Text} Nothing was sent and nothing was charged.");
        }

        return work.MoveAsync(
            JobStatus.Queued,
            $"{ErrorCodes.AuthRequired}: {notAllowed.Text} Nothing was charged; it goes on by itself once the right key is set.",
            work.Now + retry.AfterFault(work.Provider.Traits, RetryRules.SubmitTries, null),
            update => update with { Faults = work.Job.Faults });
    }

    private async Task RescueLateAsync(Job job, Task<SubmitOutcome> answer)
    {
        try
        {
            switch (await answer)
            {
                case SubmitOutcome.Accepted accepted:
                    await RescueAsync(job.Id, accepted.RemoteId, accepted.RemoteData);
                    break;
                case SubmitOutcome.Finished finished:
                    await collect.SpoolAsync(job, finished.Outputs);
                    await RescueAsync(job.Id, finished.RemoteId, finished.RemoteData);
                    break;
            }
        }
        catch (Exception fault)
        {
            log.StepFailed(job.Id, job.Provider, fault);
        }
    }

    private Task<bool> RescueAsync(JobId job, string remoteId, string? remoteData) =>
        store.RescueAsync(new JobRescue(job, remoteId, remoteData, "The provider's answer came late; it has the job."), CancellationToken.None);
}
