using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Tests.Fakes;

/// <summary>A store that a test can make fail or look away; else the real one.</summary>
internal sealed class FaultyStore(IJobStore real) : IJobStore
{
    public event Action? Changed
    {
        add => real.Changed += value;
        remove => real.Changed -= value;
    }

    public event Action? Arrived
    {
        add => real.Arrived += value;
        remove => real.Arrived -= value;
    }

    /// <summary>Called before each claim; throws to make it fail.</summary>
    public Action? OnClaim { get; set; }

    public Action<JobUpdate>? OnApply { get; set; }

    /// <summary>Runs the commit itself, or not; may never return, as when the process dies there.</summary>
    public Func<Func<Task<bool>>, Task<bool>>? AroundApply { get; set; }

    public Func<JobLease, Task>? OnRenew { get; set; }

    public Action? OnLastEvent { get; set; }

    public Task<CreateResult> CreateAsync(NewJob job, CancellationToken cancel) => real.CreateAsync(job, cancel);

    public Task<Job?> FindRepeatAsync(string owner, string bodyHash, RepeatSearch search, CancellationToken cancel) =>
        real.FindRepeatAsync(owner, bodyHash, search, cancel);

    public Task<Job?> GetAsync(JobId id, string? owner, CancellationToken cancel) => real.GetAsync(id, owner, cancel);

    public Task<Job?> GetDeletedTooAsync(JobId id, string? owner, CancellationToken cancel) => real.GetDeletedTooAsync(id, owner, cancel);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel) => real.ListAsync(query, cancel);

    public Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel)
    {
        OnClaim?.Invoke();
        return real.ClaimAsync(request, cancel);
    }

    public Task<bool> ApplyAsync(JobUpdate update, CancellationToken cancel)
    {
        OnApply?.Invoke(update);
        return AroundApply is { } around ? around(() => real.ApplyAsync(update, cancel)) : real.ApplyAsync(update, cancel);
    }

    public async Task<RenewResult> RenewAsync(JobLease lease, DateTimeOffset until, double? progress, CancellationToken cancel)
    {
        if (OnRenew is { } act)
        {
            await act(lease);
        }

        return await real.RenewAsync(lease, until, progress, cancel);
    }

    public Task<bool> RescueAsync(JobRescue rescue, CancellationToken cancel) => real.RescueAsync(rescue, cancel);

    public Task<bool> RequestCancelAsync(JobId id, string owner, CancellationToken cancel) => real.RequestCancelAsync(id, owner, cancel);

    public Task<bool> HastenAsync(JobId id, CancellationToken cancel) => real.HastenAsync(id, cancel);

    public Task<bool> ReopenAsync(JobId id, string owner, string reason, CancellationToken cancel) => real.ReopenAsync(id, owner, reason, cancel);

    public Task<bool> MarkLostAsync(JobId id, string reason, CancellationToken cancel) => real.MarkLostAsync(id, reason, cancel);

    public Task<bool> DeleteAsync(JobId id, string owner, CancellationToken cancel) => real.DeleteAsync(id, owner, cancel);

    public Task<bool> OwnsRemoteAsync(string provider, string remoteId, CancellationToken cancel) => real.OwnsRemoteAsync(provider, remoteId, cancel);

    public Task<bool> HasTwinBeingSentAsync(Job job, DateTimeOffset since, CancellationToken cancel) => real.HasTwinBeingSentAsync(job, since, cancel);

    public Task<Job?> FindByKeyAsync(string owner, string key, string bodyHash, CancellationToken cancel) => real.FindByKeyAsync(owner, key, bodyHash, cancel);

    public Task MarkPurgedAsync(JobId id, CancellationToken cancel) => real.MarkPurgedAsync(id, cancel);

    public Task<IReadOnlyList<JobId>> UnpurgedAsync(int limit, CancellationToken cancel) => real.UnpurgedAsync(limit, cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        real.EventsAfterAsync(sequence, limit, cancel);

    public Task<long> LastEventAsync(CancellationToken cancel)
    {
        OnLastEvent?.Invoke();
        return real.LastEventAsync(cancel);
    }

    public Task<IReadOnlyDictionary<JobStatus, int>> CountByStatusAsync(string owner, MediaKind kind, CancellationToken cancel) => real.CountByStatusAsync(owner, kind, cancel);

    public Task<Spend> SpendAsync(string? owner, DateTimeOffset? since, CancellationToken cancel) => real.SpendAsync(owner, since, cancel);

    public Task<IReadOnlyList<DaySpend>> SpendByDayAsync(string owner, DateTimeOffset since, CancellationToken cancel) => real.SpendByDayAsync(owner, since, cancel);

    public Task<IReadOnlyList<Job>> FamilyAsync(JobId id, string owner, int limit, CancellationToken cancel) => real.FamilyAsync(id, owner, limit, cancel);

    public Task<IReadOnlyList<(string Owner, Spend Spend)>> SpendByOwnerAsync(DateTimeOffset since, CancellationToken cancel) => real.SpendByOwnerAsync(since, cancel);

    public Task<int> CountOpenAsync(CancellationToken cancel) => real.CountOpenAsync(cancel);
}
