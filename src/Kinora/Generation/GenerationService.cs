using System.Security.Cryptography;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Budgets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Providers;
using Kinora.Telemetry;

namespace Kinora.Generation;

/// <summary>The one door to making something. Every other door (command line, MCP, REST, gateway) calls this.</summary>
public sealed class GenerationService(
    RequestReader reader,
    RequestCheck check,
    ProviderSet providers,
    IJobStore store,
    IAssetStore assets,
    IMediaTool media,
    ISpendLimits limits,
    IRandomBytes random,
    TimeProvider time)
{
    /// <summary>How long a request without a key may be taken for a repeat of the one before (see <see cref="GenerationDraft.MergeRepeats"/>).</summary>
    public static readonly TimeSpan RepeatWindow = TimeSpan.FromMinutes(10);

    /// <summary>How long a request may be taken for the one that its client sends again (see <see cref="GenerationDraft.Resent"/>).</summary>
    public static readonly TimeSpan ResendWindow = TimeSpan.FromMinutes(15);

    /// <summary>Raised after a job was stored, so that a runner in the same process need not wait for its next look.</summary>
    public event Action? Submitted;

    /// <summary>
    /// Checks a draft and stores its job. When this returns the job is durable; nothing was sent yet. The same key with the same content returns the first job.
    /// </summary>
    /// <exception cref="KinoraException">The refusal, with every fault; nothing was stored.</exception>
    public async Task<CreateResult> SubmitAsync(Caller caller, GenerationDraft draft, CancellationToken cancel)
    {
        var asked = await reader.AskAsync(caller, draft, cancel);
        if (await FirstAsync(caller, draft, asked, cancel) is { } first)
        {
            // A re-send finds its job even when a new request like it would be refused now: a retired model, a full disk.
            return new CreateResult(first, AlreadyThere: true);
        }

        var repeats = Repeats(draft);
        if (repeats is not null && asked.Faults.Count == 0 && await store.FindRepeatAsync(caller.UserId, asked.BodyHash, repeats, cancel) is { } earlier)
        {
            return new CreateResult(earlier, AlreadyThere: true);
        }

        if (draft.Kind == MediaKind.Video && media.Missing() is { } missing)
        {
            throw new KinoraException(ErrorCodes.MediaToolMissing, missing);
        }

        var ready = await check.CheckAsync(asked, cancel);
        CrashPoints.Hit(CrashPoints.RequestParsed);
        if (assets.FreeBytes() <= 0)
        {
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is nearly full; nothing was sent. Make room and try again.");
        }

        var budgets = await limits.OfAsync(caller, cancel);
        var job = new NewJob(NewJob(caller, ready, draft.Warnings), draft.IdempotencyKey, repeats)
        {
            Limits = budgets,
            KeyId = caller.Key?.Id,
            ReserveUsd = budgets.Count > 0 ? budgets[0].Reserve(ready.MostUsd, ready.Request.AskedModel ?? ready.Model.Model.Id) : ready.MostUsd ?? 0,
        };
        var created = await store.CreateAsync(job, cancel);
        if (!created.AlreadyThere)
        {
            JobTrace.Created(created.Job);
        }

        CrashPoints.Hit(CrashPoints.JobCreated);
        Submitted?.Invoke();
        return created;
    }

    /// <summary>The job of an earlier submission under the same key; null when there is none, or no key. Makes nothing.</summary>
    /// <exception cref="KinoraException"><c>idempotency_key_reused</c>, <c>not_found</c>.</exception>
    public async Task<Job?> FindAsync(Caller caller, GenerationDraft draft, CancellationToken cancel) =>
        draft.IdempotencyKey is null ? null : await FirstAsync(caller, draft, await reader.AskAsync(caller, draft, cancel), cancel);

    /// <exception cref="KinoraException"><c>not_found</c>: unknown, deleted or another's.</exception>
    public async Task<Job> GetAsync(Caller caller, string id, CancellationToken cancel) =>
        JobId.TryParse(id, out var jobId) && await store.GetAsync(jobId, caller.UserId, cancel) is { } job ? job : throw KinoraException.NotFound("job");

    /// <exception cref="KinoraException"><c>not_found</c>: also when it is of the other kind.</exception>
    public async Task<Job> GetAsync(Caller caller, string id, MediaKind kind, CancellationToken cancel) =>
        JobId.TryParse(id, out var jobId) && await store.GetAsync(jobId, caller.UserId, cancel) is { } job && job.Kind == kind
            ? job
            : throw KinoraException.NotFound(kind.Word());

    public Task<JobPage> ListAsync(Caller caller, JobQuery query, CancellationToken cancel) => store.ListAsync(query with { Owner = caller.UserId }, cancel);

    /// <summary>Asks for a job to be stopped. A job that was never sent is cancelled at once; a running one when its provider has stopped it.</summary>
    /// <exception cref="KinoraException"><c>not_terminal</c> etc. when it cannot be.</exception>
    public async Task<Job> CancelAsync(Caller caller, string id, CancellationToken cancel)
    {
        var job = await GetAsync(caller, id, cancel);
        if (job.Status.IsFinal())
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, $"The job is at its end already ({job.Status.Word()}); there is nothing to cancel.");
        }

        if (job.Status == JobStatus.Collecting)
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, "The provider is done with it and the result is being copied; there is nothing to cancel.");
        }

        if (job.Status != JobStatus.Queued && providers.TryGet(job.Provider, out var provider) && provider is not ICancellingProvider)
        {
            throw new KinoraException(
                ErrorCodes.UnsupportedByModel, $"{job.Provider} cannot stop a job it has accepted. It goes on, and its result will be kept.");
        }

        await store.RequestCancelAsync(job.Id, caller.UserId, cancel);
        Submitted?.Invoke();
        return await GetAsync(caller, id, cancel);
    }

    /// <summary>Asks for a job to be stopped and waits for its end, however that comes: what is being copied cannot be stopped, but is done soon.</summary>
    /// <param name="longest">It may still be open after that.</param>
    /// <exception cref="KinoraException"><c>unsupported_by_model</c>: its provider does not stop what it has accepted.</exception>
    public async Task StopAsync(Caller caller, string id, TimeSpan longest, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await CancelAsync(caller, id, cancel);
        }
        catch (KinoraException tooLate) when (tooLate.Code == ErrorCodes.InvalidRequest)
        {
            // At its end, or nearly.
        }

        try
        {
            await WaitAsync(caller, id, _ => { }, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Whoever goes on is told that it is still open.
        }
    }

    /// <summary>Removes a job at its end, with its files. One of unknown fate is gone for its owner, but stays with the operator, and is back if the provider has it.</summary>
    /// <exception cref="KinoraException"><c>not_terminal</c> while it is open.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancel)
    {
        var job = await GetAsync(caller, id, cancel);
        if (!job.Status.IsFinal() || !await store.DeleteAsync(job.Id, caller.UserId, cancel))
        {
            throw new KinoraException(ErrorCodes.NotTerminal, "It is still being made. Wait for it, or cancel it first.");
        }

        CrashPoints.Hit(CrashPoints.MidDelete);
        if (job.Status == JobStatus.SubmissionUnknown)
        {
            // It has no files, and may yet get some.
            return;
        }

        try
        {
            await assets.DeleteAsync(job.Id, cancel);
            await store.MarkPurgedAsync(job.Id, cancel);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.StorageUnavailable)
        {
            // It is deleted for everybody; the sweep removes its files once the store answers again.
        }
    }

    /// <summary>Takes an expired job up again, so that its provider is asked once more. No new create.</summary>
    public async Task<Job> LookAgainAsync(Caller caller, string id, CancellationToken cancel)
    {
        var job = await GetAsync(caller, id, cancel);
        if (job.Status == JobStatus.Expired)
        {
            await store.ReopenAsync(job.Id, caller.UserId, "Looked at again on request.", cancel);
            Submitted?.Invoke();
        }

        return await GetAsync(caller, id, cancel);
    }

    /// <summary>Waits until the job is at an end, or the token is cancelled. Tells every change.</summary>
    /// <exception cref="OperationCanceledException">The waiting is over; the job goes on.</exception>
    public async Task<Job> WaitAsync(Caller caller, string id, Action<Job> changed, CancellationToken cancel)
    {
        Job? last = null;
        while (true)
        {
            var job = await GetAsync(caller, id, cancel);
            if (last is null || job.Status != last.Status || job.Progress > last.Progress || job.Reason != last.Reason)
            {
                changed(job);
                last = job;
            }

            if (job.Status.IsFinal())
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
        }
    }

    /// <summary>A key says all there is to say; without one, what the door knows of its clients.</summary>
    private RepeatSearch? Repeats(GenerationDraft draft) => draft switch
    {
        { IdempotencyKey: not null } => null,
        { Resent: true } => new RepeatSearch(time.GetUtcNow() - ResendWindow, EndedToo: true),
        { MergeRepeats: true } => new RepeatSearch(time.GetUtcNow() - RepeatWindow),
        _ => null,
    };

    private async Task<Job?> FirstAsync(Caller caller, GenerationDraft draft, AskedRequest asked, CancellationToken cancel) =>
        draft.IdempotencyKey is { } key && asked.Faults.Count == 0 ? await store.FindByKeyAsync(caller.UserId, key, asked.BodyHash, cancel) : null;

    private Job NewJob(Caller caller, CheckedRequest ready, IReadOnlyList<string> more)
    {
        var json = JsonSerializer.Serialize(ready.Request, JobJson.Default.GenerationRequest);
        return new Job
        {
            Id = JobId.New(random),
            Owner = caller.UserId,
            Kind = ready.Request.Kind,
            SessionId = ready.Request.Session,
            Provider = ready.Model.Provider.Name,
            Model = ready.Model.Model.Id,
            RequestJson = json,
            BodyHash = ready.BodyHash,
            SourceId = ready.Request.Source,
            Warnings = [.. ready.Warnings, .. more],
            EstimateUsd = ready.EstimateUsd,
            Alternatives = ready.Alternatives,
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <summary>Hash over what was asked, pictures by content: equal for a re-send however it is encoded.</summary>
    internal static string Hash(GenerationRequest asked) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, JobJson.Default.GenerationRequest)));
}
