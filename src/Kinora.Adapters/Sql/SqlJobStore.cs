using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>Jobs, their events, keys and assets in SQL. Reads are in <see cref="SqlJobQueries"/>, who gets which job in <see cref="SqlJobClaims"/>, the engine's writes in <see cref="SqlJobChanges"/>, those of everybody else in <see cref="SqlJobWishes"/>.</summary>
internal sealed class SqlJobStore(ISqlDatabase database, TimeProvider time) : IJobStore
{
    private readonly SqlJobQueries _queries = new(database);
    private readonly SqlJobClaims _claims = new(database);
    private readonly SqlLooks _looks = new(database);
    private readonly Lock _lock = new();

    private Action? _changed;
    private Action? _arrived;
    private bool _hears;

    public event Action? Changed
    {
        add => Hear(() => _changed += value);
        remove => Hear(() => _changed -= value);
    }

    public event Action? Arrived
    {
        add => Hear(() => _arrived += value);
        remove => Hear(() => _arrived -= value);
    }

    public Task<CreateResult> CreateAsync(NewJob job, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => SqlJobChanges.Create(session, job), durable: true, cancel));

    public Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel) => _claims.ClaimAsync(request, cancel);

    public Task<bool> ApplyAsync(JobUpdate update, CancellationToken cancel)
    {
        var allowed = update.From == update.To ? !update.From.IsFinal() : JobMoves.IsAllowed(update.From, update.To);
        if (!allowed)
        {
            throw new InvalidOperationException($"A job never goes from {update.From.Word()} to {update.To.Word()}.");
        }

        if (SqlLooks.IsUneventful(update))
        {
            return _looks.WriteAsync(update);
        }

        return ToldAsync(database.WriteAsync(session => SqlJobChanges.Apply(session, update), update.Durable, cancel, ordered: !SqlJobChanges.IsQuiet(update)));
    }

    public Task<RenewResult> RenewAsync(JobLease lease, DateTimeOffset until, double? progress, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => SqlJobChanges.Renew(session, Now(), lease, until, progress), durable: false, cancel, ordered: progress is not null));

    public Task<bool> RescueAsync(JobRescue rescue, CancellationToken cancel) =>
        ChangeAsync((session, now) => SqlJobWishes.Rescue(session, now, rescue), cancel);

    public Task<bool> RequestCancelAsync(JobId id, string owner, CancellationToken cancel) =>
        ChangeAsync((session, now) => SqlJobWishes.RequestCancel(session, now, id, owner), cancel);

    public Task<bool> HastenAsync(JobId id, CancellationToken cancel) =>
        database.WriteAsync(session => SqlJobWishes.Hasten(session, Now(), id), durable: false, cancel, ordered: false);

    public Task<bool> ReopenAsync(JobId id, string owner, string reason, CancellationToken cancel) =>
        ChangeAsync((session, now) => SqlJobWishes.Reopen(session, now, id, owner, reason), cancel);

    public Task<bool> MarkLostAsync(JobId id, string reason, CancellationToken cancel) =>
        ChangeAsync((session, now) => SqlJobWishes.MarkLost(session, now, id, reason), cancel);

    public Task<bool> DeleteAsync(JobId id, string owner, CancellationToken cancel) =>
        ChangeAsync((session, now) => SqlJobWishes.Delete(session, now, id, owner), cancel);

    public Task<Job?> FindByKeyAsync(string owner, string key, string bodyHash, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.ByKey(session, owner, key, bodyHash), cancel);

    public Task<Job?> FindRepeatAsync(string owner, string bodyHash, RepeatSearch search, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.Repeat(session, owner, bodyHash, search), cancel);

    public Task<Job?> GetAsync(JobId id, string? owner, CancellationToken cancel) => _queries.GetAsync(id, owner, cancel);

    public Task<Job?> GetDeletedTooAsync(JobId id, string? owner, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.Single(session, id, owner, deletedToo: true), cancel);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel) => _queries.ListAsync(query, cancel);

    public Task<bool> OwnsRemoteAsync(string provider, string remoteId, CancellationToken cancel) => _queries.OwnsRemoteAsync(provider, remoteId, cancel);

    public Task<bool> HasTwinBeingSentAsync(Job job, DateTimeOffset since, CancellationToken cancel) => _queries.HasTwinBeingSentAsync(job, since, cancel);

    public Task MarkPurgedAsync(JobId id, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute("UPDATE jobs SET purged_at = @now WHERE id = @id AND deleted_at IS NOT NULL", ("@now", Now()), ("@id", id.Hex)),
            durable: false,
            cancel);

    public Task<IReadOnlyList<JobId>> UnpurgedAsync(int limit, CancellationToken cancel) => _queries.UnpurgedAsync(limit, cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        _queries.EventsAfterAsync(sequence, limit, cancel);

    public Task<long> LastEventAsync(CancellationToken cancel) => _queries.LastEventAsync(cancel);

    public Task<IReadOnlyDictionary<JobStatus, int>> CountByStatusAsync(string owner, MediaKind kind, CancellationToken cancel) => _queries.CountByStatusAsync(owner, kind, cancel);

    public Task<Spend> SpendAsync(string? owner, DateTimeOffset? since, CancellationToken cancel) =>
        database.ReadAsync(session => SqlSpend.Of(session, owner, since), cancel);

    public Task<IReadOnlyList<(string Owner, Spend Spend)>> SpendByOwnerAsync(DateTimeOffset since, CancellationToken cancel) =>
        database.ReadAsync(session => SqlSpend.ByOwner(session, since), cancel);

    public Task<IReadOnlyList<DaySpend>> SpendByDayAsync(string owner, DateTimeOffset since, CancellationToken cancel) =>
        database.ReadAsync(session => SqlSpend.ByDay(session, owner, since), cancel);

    public Task<IReadOnlyList<Job>> FamilyAsync(JobId id, string owner, int limit, CancellationToken cancel) => _queries.FamilyAsync(id, owner, limit, cancel);

    public Task<int> CountOpenAsync(CancellationToken cancel) => _queries.CountOpenAsync(cancel);

    private Task<bool> ChangeAsync(Func<SqlSession, long, bool> change, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => change(session, Now()), durable: true, cancel));

    private async Task<T> ToldAsync<T>(Task<T> change)
    {
        var result = await change;
        _changed?.Invoke();
        return result;
    }

    /// <summary>The database is asked to tell of other processes once somebody wants to know: it may cost a connection.</summary>
    private void Hear(Action change)
    {
        lock (_lock)
        {
            change();
            if (!_hears)
            {
                _hears = true;
                database.ToldByAnother += ToldByAnother;
            }
        }
    }

    private void ToldByAnother(SqlNews news)
    {
        if (news.HasFlag(SqlNews.Event))
        {
            _changed?.Invoke();
        }

        if (news.HasFlag(SqlNews.Job))
        {
            _arrived?.Invoke();
        }
    }

    private long Now() => time.GetUtcNow().Millis();
}
