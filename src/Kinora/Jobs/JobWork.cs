using Kinora.Health;
using Kinora.Providers;
using Kinora.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Why a step was told to stop.</summary>
internal enum Interruption
{
    None,
    Stopping,
    CancelRequested,
    LeaseLost,
}

/// <summary>One claimed job in the hands of this process: its lease, its newest state, and the only way to write to it.</summary>
internal sealed class JobWork(
    Job job, IMediaProvider provider, IJobStore store, CircuitBreakers breakers, TimeProvider time, TimeSpan lease, ILogger log) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _interrupt = new();
    private long _renewedAt = time.GetTimestamp();
    private double _reported = -1;
    private double _written = -1;
    private int _interruption;
    private bool _renewing;
    private bool _probing;
    private Task _told = Task.CompletedTask;

    public Job Job { get; private set; } = job;

    public IMediaProvider Provider { get; } = provider;

    /// <summary>Ends long steps: the runner stops, the owner cancels, or the lease is lost. A submission never listens to it.</summary>
    public CancellationToken Interrupted => _interrupt.Token;

    public Interruption Interruption => (Interruption)_interruption;

    /// <summary>The present time; leases and deadlines count from it.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public DateTimeOffset LeaseEnd => Now + lease;

    /// <summary>True when the provider's deadline has passed since it was sent (or, before that, made).</summary>
    public bool IsLate => Age > Provider.Traits.Deadline;

    /// <summary>Since it was handed over to the provider.</summary>
    public TimeSpan Age => Now - (Job.SubmittedAt ?? Job.CreatedAt);

    public JobLease Lease => new(Job.Id, Job.Fence);

    /// <summary>Whether the job may be what ended the processes that held it.</summary>
    public bool IsSuspect => Job.Claims >= RetryRules.SuspectClaim;

    /// <summary>A step that began with the wish has dealt with it already, and what the provider has finished is collected all the same.</summary>
    private bool CanBeStopped => Job is { Status: JobStatus.Running, CancelRequested: false } && Provider is ICancellingProvider;

    /// <summary>Takes the fraction a step reports; the runner writes it with the next renewal.</summary>
    public void Report(double value) => _reported = Math.Clamp(value, 0, 1);

    /// <summary>This job was let through to try whether the provider answers again: what that shows is not held against the job.</summary>
    public bool IsProbe { get; private set; }

    /// <summary>Asks whether the provider may be called now. Must be answered by <see cref="EndCallsAsync"/>.</summary>
    public async ValueTask<Passage> AskAsync()
    {
        var passage = await breakers.AskAsync(Provider);
        IsProbe = _probing = passage.Probe;
        return passage;
    }

    /// <summary>Notes what a call showed about the provider as a whole. Does not wait for anything: an answer to a paid call is saved first.</summary>
    public void Heard(ProviderSign sign)
    {
        _told = Task.WhenAll(_told, breakers.HeardAsync(Provider.Name, sign, _probing));
        _probing &= sign is { Answered: false, Fault: null };
    }

    /// <summary>The step is over: what was heard is stored, and a probe that asked nothing makes room for the next.</summary>
    public async Task EndCallsAsync()
    {
        await _told;
        if (_probing)
        {
            await breakers.ReleaseAsync(Provider.Name);
        }
    }

    /// <summary>Asks the store whether the lease is still ours, and renews it.</summary>
    public async Task<bool> StillHoldsAsync() => await store.RenewAsync(Lease, LeaseEnd, null, CancellationToken.None) != RenewResult.Lost;

    /// <summary>A change that keeps the state; the job is due again at <paramref name="due"/>.</summary>
    public Task<bool> StayAsync(DateTimeOffset due, Func<JobUpdate, JobUpdate>? change = null) => ApplyAsync(Job.Status, due, keep: false, change);

    /// <summary>A move to an end, or to a state that is due again at <paramref name="due"/> for anybody. On the disk when it returns.</summary>
    public Task<bool> MoveAsync(JobStatus to, string reason, DateTimeOffset? due = null, Func<JobUpdate, JobUpdate>? change = null) =>
        ApplyAsync(to, due, keep: false, update => (change?.Invoke(update) ?? update) with { Reason = reason, Durable = true });

    /// <summary>
    /// Goes on with a job that was found at the provider. False when another job of ours has taken that one, or the lease was lost: nothing was written, and only
    /// the next write shows which.
    /// </summary>
    public Task<bool> AdoptAsync(string remoteId) =>
        MoveAsync(JobStatus.Running, "Found again at the provider.", Now, update => update with { RemoteId = remoteId, OnlyUnowned = true });

    /// <summary>A move after which this worker goes on under the same lease.</summary>
    public Task<bool> AdvanceAsync(JobStatus to, string reason, Func<JobUpdate, JobUpdate>? change = null) =>
        ApplyAsync(to, LeaseEnd, keep: true, update => (change?.Invoke(update) ?? update) with { Reason = reason, Durable = true });

    /// <summary>Ends in failure, with a code and a sentence for the owner.</summary>
    public Task<bool> FailAsync(JobStatus to, string code, string text, Func<JobUpdate, JobUpdate>? change = null) =>
        MoveAsync(to, text, change: update => (change?.Invoke(update) ?? update) with { ErrorCode = code, ErrorText = text });

    /// <summary>What surely made nothing at the provider: the job goes on with the next model its owner named, or ends.</summary>
    public Task<bool> EndUnchargedAsync(string code, string text) => Job.Alternatives.Count > 0 && Job.Alternatives[0] is var next
        ? MoveAsync(JobStatus.Queued, $"{text} It goes on with {next.Model}.", Now, update => update with
        {
            Turn = new ModelTurn(next, [.. Job.Alternatives.Skip(1)], [.. Job.Attempts, new Attempt(Job.Model, Now, code, text)]),
            Faults = 0,
        })
        : FailAsync(JobStatus.Failed, code, text);

    public void Interrupt(Interruption why)
    {
        if (Interlocked.CompareExchange(ref _interruption, (int)why, (int)Interruption.None) == (int)Interruption.None)
        {
            try
            {
                _interrupt.Cancel();
            }
            catch (Exception fault) when (fault is ObjectDisposedException or AggregateException)
            {
                // The step has ended in the same moment, or something that listened there threw: the heartbeat must not end with it.
            }
        }
    }

    /// <summary>Called by the runner's heartbeat: renews the lease when a third of it has passed, or progress is worth writing.</summary>
    public async Task RenewWhenDueAsync()
    {
        var silent = time.GetElapsedTime(_renewedAt);
        if (_renewing && silent > lease)
        {
            // The store does not answer, and another worker may have the job by now: what takes long must end.
            Interrupt(Interruption.LeaseLost);
        }

        var progress = _reported > _written + 0.004 || (_reported >= 1 && _written < 1) ? _reported : (double?)null;
        if (_renewing || !(silent > lease / 3 || (progress is not null && silent > ProgressPause)))
        {
            return;
        }

        _renewing = true;
        try
        {
            var result = await store.RenewAsync(Lease, LeaseEnd, progress, CancellationToken.None);
            _renewedAt = time.GetTimestamp();
            _written = progress ?? _written;
            if (result == RenewResult.Lost)
            {
                Interrupt(Interruption.LeaseLost);
            }
            else if (result == RenewResult.CancelRequested && CanBeStopped)
            {
                Interrupt(Interruption.CancelRequested);
            }
        }
        catch (Exception fault)
        {
            // The database is busy, full or gone: the lease still runs, and the next beat tries again.
            log.StepFailed(Job.Id, Job.Provider, fault);
        }
        finally
        {
            _renewing = false;
        }
    }

    /// <summary>A short rest within a step; the heartbeat goes on.</summary>
    public Task PauseAsync(TimeSpan pause) => Task.Delay(pause, time);

    public void Dispose() => _interrupt.Dispose();

    private async Task<bool> ApplyAsync(JobStatus to, DateTimeOffset? due, bool keep, Func<JobUpdate, JobUpdate>? change)
    {
        var update = new JobUpdate { Lease = Lease, From = Job.Status, To = to, Due = due, Now = Now, KeepLease = keep, KnowsOfCancel = Job.CancelRequested };
        update = change?.Invoke(update) ?? update;
        if (!await store.ApplyAsync(update, CancellationToken.None))
        {
            if (!update.OnlyUnowned)
            {
                log.LeaseLost(Job.Id, Job.Provider);
            }

            return false;
        }

        if (to != Job.Status)
        {
            log.Moved(Job.Id, Job.Provider, Job.Status, to, update.Reason ?? "");
        }

        if (to.IsFinal())
        {
            Measures.Ended(Job.Provider, to.Word(), update.ChargedUsd ?? Job.ChargedUsd ?? (to == JobStatus.Completed ? Job.EstimateUsd : null) ?? 0);
        }

        _renewedAt = time.GetTimestamp();
        Job = Job with
        {
            Status = to,
            Faults = update.Faults ?? (to != Job.Status ? 0 : Job.Faults),
            Warnings = update.Warnings ?? Job.Warnings,
            ChargedUsd = update.ChargedUsd ?? Job.ChargedUsd,
            RemoteId = update.RemoteId ?? Job.RemoteId,
            RemoteData = update.RemoteData ?? Job.RemoteData,
            OutputsJson = update.Outputs is { } outputs
                ? System.Text.Json.JsonSerializer.Serialize(outputs, JobJson.Default.IReadOnlyListRemoteOutput)
                : Job.OutputsJson,
        };
        return true;
    }
}
