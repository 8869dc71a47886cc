using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinora.Assets;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>Jobs, their events, keys and assets in SQL. Reads are in <see cref="SqlJobQueries"/>, who gets which job in <see cref="SqlJobClaims"/>.</summary>
internal sealed class SqlJobStore(ISqlDatabase database, TimeProvider time) : IJobStore
{
    private readonly SqlJobQueries _queries = new(database);
    private readonly SqlJobClaims _claims = new(database);

    public event Action? Changed;

    public Task<CreateResult> CreateAsync(NewJob job, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => Create(session, job), durable: true, cancel));

    public Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel) => _claims.ClaimAsync(request, cancel);

    public Task<bool> ApplyAsync(JobUpdate update, CancellationToken cancel)
    {
        var allowed = update.From == update.To ? !update.From.IsFinal() : JobMoves.IsAllowed(update.From, update.To);
        if (!allowed)
        {
            throw new InvalidOperationException($"A job never goes from {update.From.Word()} to {update.To.Word()}.");
        }

        return ToldAsync(database.WriteAsync(session => Apply(session, update), update.Durable, cancel));
    }

    public Task<RenewResult> RenewAsync(JobLease lease, DateTimeOffset until, double? progress, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => Renew(session, lease, until, progress), durable: false, cancel));

    public Task<bool> RescueAsync(JobId id, string remoteId, string? remoteData, string reason, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(
            session =>
            {
                // The fence moves too: a worker that is about to call it unknown must find its lease gone.
                var changed = session.Execute(
                    """
                    UPDATE jobs SET status = 'running', remote_id = @remote, remote_data = @data, reason = @reason, error_code = NULL, error_text = NULL,
                        due_at = @now, updated_at = @now, ended_at = NULL, fence = fence + 1, claims = 0, worker = NULL
                    WHERE id = @id AND remote_id IS NULL AND deleted_at IS NULL AND status IN ('submitting', 'submission_unknown')
                    """,
                    ("@remote", remoteId), ("@data", remoteData), ("@reason", reason), ("@now", Now()), ("@id", id.Hex)) > 0;
                return changed && Event(session, id, "changed", new EventData { Status = "running", Reason = reason });
            },
            durable: true,
            cancel));

    public Task<bool> RequestCancelAsync(JobId id, string owner, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(session => RequestCancel(session, id, owner), durable: true, cancel));

    public Task<bool> HastenAsync(JobId id, CancellationToken cancel) => database.WriteAsync(
        session => session.Execute(
            "UPDATE jobs SET due_at = @now WHERE id = @id AND status = 'running' AND worker IS NULL AND due_at > @now", ("@now", Now()), ("@id", id.Hex)) > 0,
        durable: false,
        cancel);

    public Task<bool> ReopenAsync(JobId id, string owner, string reason, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(
            session => session.Execute(
                    """
                    UPDATE jobs SET status = 'running', reason = @reason, error_code = NULL, error_text = NULL, due_at = @now, updated_at = @now, ended_at = NULL,
                        submitted_at = @now, fence = fence + 1, claims = 0, faults = 0, strikes = 0, missing_since = NULL
                    WHERE id = @id AND owner = @owner AND status = 'expired' AND remote_id IS NOT NULL AND deleted_at IS NULL
                    """,
                    ("@reason", reason), ("@now", Now()), ("@id", id.Hex), ("@owner", owner)) > 0
                && Event(session, id, "changed", new EventData { Status = "running", Reason = reason }),
            durable: true,
            cancel));

    public Task<bool> DeleteAsync(JobId id, string owner, CancellationToken cancel) =>
        ToldAsync(database.WriteAsync(
            session => session.Execute(
                    $"UPDATE jobs SET deleted_at = @now, updated_at = @now WHERE id = @id AND owner = @owner AND deleted_at IS NULL AND status NOT IN ({JobRow.OpenStates})",
                    ("@now", Now()), ("@id", id.Hex), ("@owner", owner)) > 0
                && Event(session, id, "deleted", new EventData()),
            durable: true,
            cancel));

    public Task<Job?> FindByKeyAsync(string owner, string key, string bodyHash, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.ByKey(session, owner, key, bodyHash), cancel);

    public Task<Job?> FindRepeatAsync(string owner, string bodyHash, RepeatSearch search, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.Repeat(session, owner, bodyHash, search), cancel);

    public Task<Job?> GetAsync(JobId id, string? owner, CancellationToken cancel) => _queries.GetAsync(id, owner, cancel);

    public Task<Job?> GetDeletedTooAsync(JobId id, string owner, CancellationToken cancel) =>
        database.ReadAsync(session => SqlJobQueries.Single(session, id, owner, deletedToo: true), cancel);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel) => _queries.ListAsync(query, cancel);

    public Task<bool> OwnsRemoteAsync(string provider, string remoteId, CancellationToken cancel) => _queries.OwnsRemoteAsync(provider, remoteId, cancel);

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

    public Task<int> CountOpenAsync(CancellationToken cancel) => _queries.CountOpenAsync(cancel);

    private async Task<T> ToldAsync<T>(Task<T> change)
    {
        var result = await change;
        Changed?.Invoke();
        return result;
    }

    private static CreateResult Create(SqlSession session, NewJob create)
    {
        var job = create.Job;
        if (create.Repeats is { } search && SqlJobQueries.Repeat(session, job.Owner, job.BodyHash, search) is { } earlier)
        {
            return new CreateResult(earlier, AlreadyThere: true);
        }

        if (create.IdempotencyKey is { } key)
        {
            if (SqlJobQueries.ByKey(session, job.Owner, key, job.BodyHash) is { } first)
            {
                return new CreateResult(first, AlreadyThere: true);
            }

            session.Execute(
                "INSERT INTO idempotency_keys (owner, key, body_hash, job_id, created_at) VALUES (@owner, @key, @hash, @job, @at)",
                ("@owner", job.Owner), ("@key", key), ("@hash", job.BodyHash), ("@job", job.Id.Hex), ("@at", job.CreatedAt.Millis()));
        }

        SqlSpend.RequireRoom(session, create);
        var at = job.CreatedAt.Millis();
        session.Execute(
            """
            INSERT INTO jobs (id, owner, key_id, kind, provider, model, request, prompt, body_hash, source_id, session_id, status, reason, warnings, alternatives, estimate_micros, cost_micros, created_at, updated_at, due_at)
            VALUES (@id, @owner, @apikey, @kind, @provider, @model, @request, @prompt, @hash, @source, @session, 'queued', @reason, @warnings, @next, @estimate, @cost, @at, @at2, @at3)
            """,
            ("@id", job.Id.Hex), ("@owner", job.Owner), ("@apikey", create.KeyId), ("@kind", job.Kind.Word()), ("@provider", job.Provider), ("@model", job.Model), ("@request", job.RequestJson),
            ("@prompt", job.Request.Prompt), ("@hash", job.BodyHash), ("@source", job.SourceId?.Hex), ("@session", job.SessionId?.Hex), ("@reason", job.Reason),
            ("@warnings", Json(job.Warnings)), ("@next", Json(job.Alternatives, JobJson.Default.IReadOnlyListAlternative)), ("@estimate", job.EstimateUsd.Micros()), ("@cost", ((decimal?)create.ReserveUsd).Micros()), ("@at", at), ("@at2", at), ("@at3", at));
        Event(session, job.Id, "created", new EventData { Status = "queued" });
        var sequence = Convert.ToInt64(session.Scalar("SELECT seq FROM jobs WHERE id = @id", ("@id", job.Id.Hex)), CultureInfo.InvariantCulture);
        return new CreateResult(job with { Sequence = sequence, Status = JobStatus.Queued, UpdatedAt = job.CreatedAt }, AlreadyThere: false);
    }

    private static bool Apply(SqlSession session, JobUpdate update)
    {
        var moved = update.From != update.To;
        var now = update.Now.Millis();
        var before = update.Progress is null ? 0 : StoredProgress(session, update.Lease.Id);
        var changed = session.Execute(
            $"""
            UPDATE jobs SET status = @to, updated_at = @now, due_at = @due, claims = 0, worker = CASE WHEN @keep = 1 THEN worker ELSE NULL END,
                reason = COALESCE(@reason, reason),
                progress = CASE WHEN @progress > progress THEN @progress ELSE progress END,
                remote_id = COALESCE(@remote, remote_id), remote_data = COALESCE(@data, remote_data), outputs = COALESCE(@outputs, outputs),
                error_code = COALESCE(@code, error_code), error_text = COALESCE(@text, error_text), warnings = COALESCE(@warnings, warnings),
                cost_micros = {SqlSpend.Settled}, charged_micros = COALESCE(@charged, charged_micros), submitted_at = COALESCE(@submitted, submitted_at), ended_at = @ended,
                faults = COALESCE(@faults, faults), strikes = COALESCE(@strikes, strikes),
                missing_since = CASE WHEN @faults = 0 THEN NULL ELSE COALESCE(@missing, missing_since) END
            WHERE id = @id AND fence = @fence AND status = @from
            """,
            ("@to", update.To.Word()), ("@now", now), ("@keep", update.KeepLease ? 1 : 0), ("@due", update.To.IsFinal() ? null : update.Due!.Value.Millis()), ("@reason", update.Reason),
            ("@progress", update.Progress ?? -1), ("@remote", update.RemoteId), ("@data", update.RemoteData),
            ("@outputs", update.Outputs is { } outputs ? JsonSerializer.Serialize(outputs, JobJson.Default.IReadOnlyListRemoteOutput) : null),
            ("@code", update.ErrorCode), ("@text", update.ErrorText), ("@warnings", update.Warnings is { } warnings ? Json(warnings) : null),
            ("@charged", update.ChargedUsd.Micros()), ("@submitted", moved && update.To == JobStatus.Submitting ? now : null),
            ("@ended", update.To.IsFinal() ? now : null), ("@faults", update.Faults ?? (moved ? 0 : null)),
            ("@strikes", update.Strikes ?? (moved || update.Faults == 0 ? 0 : null)), ("@missing", update.MissingSince.Millis()),
            ("@id", update.Lease.Id.Hex), ("@fence", update.Lease.Fence), ("@from", update.From.Word())) > 0;
        if (!changed)
        {
            return false;
        }

        if (update.Assets is { } assets)
        {
            RecordAssets(session, update.Lease.Id, assets);
        }

        if (update.Turn is { } turn)
        {
            Turn(session, update.Lease.Id, turn);
        }

        var grown = update.Progress > before ? update.Progress : null;
        return (!moved && grown is null && update.Reason is null)
            || Event(session, update.Lease.Id, "changed", new EventData
            {
                Status = moved ? update.To.Word() : null,
                Reason = update.Reason,
                Progress = grown,
                ErrorCode = update.ErrorCode,
            });
    }

    private static void Turn(SqlSession session, JobId job, ModelTurn turn) => session.Execute(
        "UPDATE jobs SET provider = @provider, model = @model, request = @request, estimate_micros = @estimate, alternatives = @next, attempts = @attempts WHERE id = @id",
        ("@provider", turn.To.Provider), ("@model", turn.To.Model), ("@request", JsonSerializer.Serialize(turn.To.Request, JobJson.Default.GenerationRequest)),
        ("@estimate", turn.To.EstimateUsd.Micros()), ("@next", Json(turn.Rest, JobJson.Default.IReadOnlyListAlternative)),
        ("@attempts", Json(turn.Attempts, JobJson.Default.IReadOnlyListAttempt)), ("@id", job.Hex));

    private static void RecordAssets(SqlSession session, JobId job, IReadOnlyList<Asset> assets)
    {
        session.Execute("DELETE FROM assets WHERE job_id = @job", ("@job", job.Hex));
        foreach (var asset in assets)
        {
            session.Execute(
                $"""
                 INSERT INTO assets ({JobRow.AssetColumns})
                 VALUES (@job, @role, @idx, @name, @mime, @bytes, @sha, @width, @height, @seconds, @cols, @rows, @alpha, @workspace)
                 """,
                ("@job", job.Hex), ("@role", asset.Role.ToString().ToLowerInvariant()), ("@idx", asset.Index), ("@name", asset.FileName),
                ("@mime", asset.MimeType), ("@bytes", asset.Bytes), ("@sha", asset.Sha256), ("@width", asset.Width), ("@height", asset.Height),
                ("@seconds", asset.Seconds), ("@cols", asset.Columns), ("@rows", asset.Rows), ("@alpha", asset.Alpha ? 1 : 0), ("@workspace", asset.WorkspaceName));
        }
    }

    /// <summary>A job without a worker was given back: a late beat must not push its next look away.</summary>
    private RenewResult Renew(SqlSession session, JobLease lease, DateTimeOffset until, double? progress)
    {
        var before = progress is null ? 0 : StoredProgress(session, lease.Id);
        var held = session.Query(
            $"""
             UPDATE jobs SET due_at = @until, updated_at = @now, claims = CASE WHEN @progress > progress THEN 0 ELSE claims END, progress = CASE WHEN @progress > progress THEN @progress ELSE progress END
             WHERE id = @id AND fence = @fence AND worker IS NOT NULL AND status IN ({JobRow.OpenStates})
             RETURNING cancel_requested
             """,
            row => row.GetInt32(0) != 0,
            ("@until", until.Millis()), ("@now", Now()), ("@progress", progress ?? -1), ("@id", lease.Id.Hex), ("@fence", lease.Fence));
        if (held.Count == 0)
        {
            return RenewResult.Lost;
        }

        if (progress > before)
        {
            Event(session, lease.Id, "changed", new EventData { Progress = progress });
        }

        return held[0] ? RenewResult.CancelRequested : RenewResult.Held;
    }

    private bool RequestCancel(SqlSession session, JobId id, string owner)
    {
        const string reason = "Cancelled before it was sent; nothing was charged.";
        if (session.Execute(
            """
            UPDATE jobs SET status = 'cancelled', cost_micros = 0, reason = @reason, error_code = 'cancelled', error_text = @reason, cancel_requested = 1, due_at = NULL,
                fence = fence + 1, updated_at = @now, ended_at = @now
            WHERE id = @id AND owner = @owner AND status = 'queued' AND deleted_at IS NULL
            """,
            ("@reason", reason), ("@now", Now()), ("@id", id.Hex), ("@owner", owner)) > 0)
        {
            return Event(session, id, "changed", new EventData { Status = "cancelled", Reason = reason, ErrorCode = "cancelled" });
        }

        // Between two looks nobody holds it: then it is due at once. A worker in the middle of a step hears of it when it renews its lease.
        return session.Execute(
            $"""
             UPDATE jobs SET cancel_requested = 1, updated_at = @now, due_at = CASE WHEN worker IS NULL THEN @now ELSE due_at END
             WHERE id = @id AND owner = @owner AND deleted_at IS NULL AND status IN ({JobRow.OpenStates})
             """,
            ("@now", Now()), ("@id", id.Hex), ("@owner", owner)) > 0;
    }

    /// <summary>An event tells progress only where it grew: outsiders must never see it fall.</summary>
    private static double StoredProgress(SqlSession session, JobId job) =>
        session.Scalar("SELECT progress FROM jobs WHERE id = @id", ("@id", job.Hex)) is { } stored ? Convert.ToDouble(stored, CultureInfo.InvariantCulture) : 0;

    /// <summary>Always true, so that it can end an expression.</summary>
    private static bool Event(SqlSession session, JobId job, string type, EventData data) =>
        session.Execute(
            "INSERT INTO events (job_id, owner, type, at, data) SELECT id, owner, @type, updated_at, @data FROM jobs WHERE id = @job",
            ("@type", type), ("@data", JsonSerializer.Serialize(data, JobJson.Default.EventData)), ("@job", job.Hex)) > 0;

    private static string? Json(IReadOnlyList<string> texts) => Json(texts, JobJson.Default.IReadOnlyListString);

    private static string? Json<T>(IReadOnlyList<T> list, JsonTypeInfo<IReadOnlyList<T>> type) => list.Count == 0 ? null : JsonSerializer.Serialize(list, type);

    private long Now() => time.GetUtcNow().Millis();
}
