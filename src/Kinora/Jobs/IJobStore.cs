using Kinora.Assets;
using Kinora.Budgets;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Jobs;

/// <summary>
/// The durable truth about jobs. Every change and its event are one commit. Safe for many threads, and for many processes on one database.
/// A method that returns has committed; those marked <i>durable</i> have also reached the disk (they survive a power cut), the others survive
/// any death of the process.
/// </summary>
public interface IJobStore
{
    /// <summary>Raised after a change of this process that may have an event was committed; after those of other processes where the database tells of them at once. Not all of those are told: they are found by looking.</summary>
    event Action? Changed;

    /// <summary>Raised after another process has made a job, where the database tells of it at once; else it is found by looking.</summary>
    event Action? Arrived;

    /// <summary>
    /// Stores a new job, its event and its idempotency key. Durable. The same owner and key with the same body returns the first job and stores nothing;
    /// so does a repeat that <see cref="NewJob.Repeats"/> finds. Of two such creates at once one wins.
    /// </summary>
    /// <exception cref="Errors.KinoraException">
    /// <c>idempotency_key_reused</c>: same key, other body. <c>budget_exceeded</c>: beyond <see cref="NewJob.Limits"/>, of many at once too. <c>database_busy</c>,
    /// <c>storage_full</c>. Nothing was stored.
    /// </exception>
    Task<CreateResult> CreateAsync(NewJob job, CancellationToken cancel);

    /// <summary>The first job under an owner's key, also a deleted one; null when the key is new.</summary>
    /// <exception cref="Errors.KinoraException"><c>idempotency_key_reused</c>: the key was used with another body.</exception>
    Task<Job?> FindByKeyAsync(string owner, string key, string bodyHash, CancellationToken cancel);

    /// <summary>The newest job of an owner that was asked in exactly this way; null when there is none that the search takes for it.</summary>
    Task<Job?> FindRepeatAsync(string owner, string bodyHash, RepeatSearch search, CancellationToken cancel);

    /// <summary>One job with its assets; null when unknown, deleted or of another owner. A null owner reads any (the engine itself).</summary>
    Task<Job?> GetAsync(JobId id, string? owner, CancellationToken cancel);

    /// <summary>The same, also of a deleted one: for jobs that were made from it before, and for those whose fate the operator must still settle. Its files are gone.</summary>
    Task<Job?> GetDeletedTooAsync(JobId id, string? owner, CancellationToken cancel);

    /// <summary>A page of jobs, newest first unless asked otherwise.</summary>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel);

    /// <summary>Takes due jobs, oldest due first, as many of each provider as asked, and leases them until <see cref="ClaimRequest.Until"/>.</summary>
    Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel);

    /// <summary>
    /// Writes a worker's change. False when the lease was lost or the job is not in the expected state any more: then nothing was written and the worker must
    /// stop. False, too, when <see cref="JobUpdate.OnlyUnowned"/> did not hold: nothing was written, but the lease is as it was. Durable when <see cref="JobUpdate.Durable"/>.
    /// </summary>
    Task<bool> ApplyAsync(JobUpdate update, CancellationToken cancel);

    /// <summary>Keeps a lease alive through a long step and records progress.</summary>
    Task<RenewResult> RenewAsync(JobLease lease, DateTimeOffset until, double? progress, CancellationToken cancel);

    /// <summary>
    /// Saves the remote id of a job of unknown fate, or of one that its worker has lost: the provider has it, so it goes on from there. One that its owner has
    /// deleted meanwhile is there again, as it is paid. Durable. False when the job has a remote id or another end already, or
    /// <see cref="JobRescue.OnlyUnowned"/> did not hold; then nothing was written.
    /// </summary>
    Task<bool> RescueAsync(JobRescue rescue, CancellationToken cancel);

    /// <summary>Notes the wish to cancel; a job that was never sent is cancelled at once. False when unknown or at an end.</summary>
    Task<bool> RequestCancelAsync(JobId id, string owner, CancellationToken cancel);

    /// <summary>Lets a running job that nobody holds be looked at now, and not when it is due. False when there is none to hasten.</summary>
    Task<bool> HastenAsync(JobId id, CancellationToken cancel);

    /// <summary>Takes an expired job up again, to be looked at now. False when it is in another state or was never accepted.</summary>
    Task<bool> ReopenAsync(JobId id, string owner, string reason, CancellationToken cancel);

    /// <summary>Ends a job of unknown fate, deleted or not, as failed and free of charge. Durable. False when it is in another state.</summary>
    Task<bool> MarkLostAsync(JobId id, string reason, CancellationToken cancel);

    /// <summary>
    /// Marks a job at its end as deleted; its row stays for lineage, costs and cursors, and while its fate is unknown also for the operator. False when there is
    /// none, or it is still open.
    /// </summary>
    Task<bool> DeleteAsync(JobId id, string owner, CancellationToken cancel);

    /// <summary>True when some job of ours carries that remote id at that provider.</summary>
    Task<bool> OwnsRemoteAsync(string provider, string remoteId, CancellationToken cancel);

    /// <summary>True when another job of the same provider, model and prompt has been under its intent without a remote id since that time or later.</summary>
    Task<bool> HasTwinBeingSentAsync(Job job, DateTimeOffset since, CancellationToken cancel);

    /// <summary>Notes that the files of a deleted job are gone.</summary>
    Task MarkPurgedAsync(JobId id, CancellationToken cancel);

    /// <summary>Deleted jobs whose files may still be there, because the process that removed them died. Not those of unknown fate: they may come back.</summary>
    Task<IReadOnlyList<JobId>> UnpurgedAsync(int limit, CancellationToken cancel);

    /// <summary>Stored events after a sequence number, in order.</summary>
    Task<IReadOnlyList<JobEvent>> EventsAfterAsync(long sequence, int limit, CancellationToken cancel);

    /// <summary>The sequence number of the newest stored event; 0 when there is none.</summary>
    Task<long> LastEventAsync(CancellationToken cancel);

    /// <summary>How many of an owner's jobs of a kind stand in each state; deleted ones are not counted.</summary>
    Task<IReadOnlyDictionary<JobStatus, int>> CountByStatusAsync(string owner, MediaKind kind, CancellationToken cancel);

    /// <summary>What an owner's jobs have cost since then; a null owner counts everybody's, a null time all there were.</summary>
    Task<Spend> SpendAsync(string? owner, DateTimeOffset? since, CancellationToken cancel);

    /// <summary>The same for each owner who has a job since then, in the order of their ids.</summary>
    Task<IReadOnlyList<(string Owner, Spend Spend)>> SpendByOwnerAsync(DateTimeOffset since, CancellationToken cancel);

    /// <summary>The same by UTC day, kind and model, for an owner since then; oldest first.</summary>
    Task<IReadOnlyList<DaySpend>> SpendByDayAsync(string owner, DateTimeOffset since, CancellationToken cancel);

    /// <summary>The videos that a video of an owner's was made from, at whatever remove, and all that were made from one of those or from itself; itself too, deleted ones not; oldest first, with their files.</summary>
    Task<IReadOnlyList<Job>> FamilyAsync(JobId id, string owner, int limit, CancellationToken cancel);

    /// <summary>How many jobs are open (not at an end).</summary>
    Task<int> CountOpenAsync(CancellationToken cancel);
}

/// <summary>A job about to be stored.</summary>
/// <param name="IdempotencyKey">1-255 characters, or null.</param>
/// <param name="Repeats">Return the job of the same owner and body that this finds, instead of storing this one.</param>
public sealed record NewJob(Job Job, string? IdempotencyKey, RepeatSearch? Repeats = null)
{
    /// <summary>What may be spent; each must have room. Empty for no limit.</summary>
    public IReadOnlyList<SpendLimit> Limits { get; init; } = [];

    /// <summary>The API key whose budget it counts against; null: none.</summary>
    public string? KeyId { get; init; }

    /// <summary>US dollars that it counts against the limits until it is settled.</summary>
    public decimal ReserveUsd { get; init; } = Job.EstimateUsd ?? 0;
}

/// <summary>Which earlier job a request without a key repeats.</summary>
/// <param name="Since">It was made since then.</param>
/// <param name="EndedToo">Also one that is at its end; else only an open one, and one of which nobody knows whether it was paid.</param>
public sealed record RepeatSearch(DateTimeOffset Since, bool EndedToo = false);

/// <param name="Job">The stored job: the new one, or the first one under the same key.</param>
public sealed record CreateResult(Job Job, bool AlreadyThere);

/// <param name="After">Only jobs after this one in the chosen order; a deleted one still works as a cursor.</param>
/// <param name="Limit">1 to 1,000.</param>
public sealed record JobQuery(string? Owner, int Limit, JobId? After = null, bool OldestFirst = false)
{
    public MediaKind? Kind { get; init; }

    /// <summary>Jobs to leave out first; the time grows with it, unlike that of <see cref="After"/>.</summary>
    public int Offset { get; init; }

    /// <summary>One of the four public words, or null.</summary>
    public string? PublicStatus { get; init; }

    /// <summary>One of our own states, for operators.</summary>
    public JobStatus? Status { get; init; }

    public string? Model { get; init; }

    /// <summary>Part of the prompt.</summary>
    public string? Text { get; init; }

    /// <summary>Also what its owner has deleted.</summary>
    public bool DeletedToo { get; init; }

    /// <summary>Each job with its files: one more look for the page.</summary>
    public bool WithFiles { get; init; }
}

public sealed record JobPage(IReadOnlyList<Job> Jobs, bool HasMore);

/// <param name="Worker">Who claims; for people reading the table.</param>
/// <param name="Slots">Per provider, how many jobs may be taken. Other providers' jobs are left alone.</param>
/// <param name="Until">When the lease ends unless renewed: the job is then due again for anybody.</param>
/// <param name="Suspect">Whether one suspect (<see cref="RetryRules.SuspectClaim"/>) may be among them; else they are left alone too.</param>
public sealed record ClaimRequest(string Worker, IReadOnlyDictionary<string, int> Slots, DateTimeOffset Now, DateTimeOffset Until, bool Suspect = true);

/// <param name="NextDue">When the next job of the asked providers is due; null when there is none.</param>
public sealed record ClaimResult(IReadOnlyList<Job> Jobs, DateTimeOffset? NextDue);

/// <summary>The right to write to a job, as long as nobody claimed it since.</summary>
public readonly record struct JobLease(JobId Id, long Fence);

/// <summary>A job that the provider has after all.</summary>
/// <param name="RemoteData">What the provider wants to be given back with the id; null: nothing.</param>
/// <param name="Reason">For people: how it was found.</param>
public sealed record JobRescue(JobId Id, string RemoteId, string? RemoteData, string Reason)
{
    /// <summary>Nothing is written when another job of the same provider, deleted or not, has that id already.</summary>
    public bool OnlyUnowned { get; init; }
}

public enum RenewResult
{
    Held,
    CancelRequested,
    Lost,
}

/// <summary>A worker's change to a job. Null leaves a field as it is.</summary>
public sealed record JobUpdate
{
    public required JobLease Lease { get; init; }

    public required JobStatus From { get; init; }

    /// <summary>Equal to <see cref="From"/>: no move, only other fields.</summary>
    public required JobStatus To { get; init; }

    /// <summary>When the job is due again; must be set unless <see cref="To"/> is an end. See <see cref="KnowsOfCancel"/>.</summary>
    public DateTimeOffset? Due { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The worker goes on with the job: <see cref="Due"/> is the end of its lease, not the time of the next claim.</summary>
    public bool KeepLease { get; init; }

    /// <summary>
    /// The worker began with the owner's wish to cancel. To one who did not, the wish came meanwhile: then the job that he gives back is due at <see cref="Now"/>,
    /// whatever he says, so that the next one hears of it.
    /// </summary>
    public bool KnowsOfCancel { get; init; }

    public string? Reason { get; init; }

    /// <summary>0 to 1; a smaller value than the stored one changes nothing.</summary>
    public double? Progress { get; init; }

    public string? RemoteId { get; init; }

    /// <summary>Nothing is written when another job of the same provider, deleted or not, has <see cref="RemoteId"/> already.</summary>
    public bool OnlyUnowned { get; init; }

    public string? RemoteData { get; init; }

    public IReadOnlyList<RemoteOutput>? Outputs { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>It goes on with another model.</summary>
    public ModelTurn? Turn { get; init; }

    public decimal? ChargedUsd { get; init; }

    /// <summary>Faults in a row; a move sets it to 0 unless given. 0 also clears the stored <see cref="MissingSince"/> and strikes.</summary>
    public int? Faults { get; init; }

    /// <summary>See <see cref="Job.Strikes"/>; a move sets it to 0 unless given.</summary>
    public int? Strikes { get; init; }

    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>Files recorded in the same commit; replace those of an earlier try.</summary>
    public IReadOnlyList<Asset>? Assets { get; init; }

    /// <summary>Also on the disk when the call returns: for intents, remote ids and ends.</summary>
    public bool Durable { get; init; }
}
