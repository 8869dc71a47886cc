using System.Globalization;
using System.Numerics;
using System.Text;
using Kinora.Errors;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Adapters.Sql;

/// <summary>The reading half of <see cref="SqlJobStore"/>.</summary>
internal sealed class SqlJobQueries(ISqlDatabase database)
{
    private readonly JobCache _cache = new();

    public async Task<Job?> GetAsync(JobId id, string? owner, CancellationToken cancel)
    {
        var version = database.ReadVersion();
        if (version is { } known && _cache.Find(id, known) is { } cached)
        {
            return owner is null || cached.Owner == owner ? cached : null;
        }

        var job = await database.ReadAsync(session => Single(session, id, owner, deletedToo: false), cancel);
        if (job is not null && version is { } before)
        {
            _cache.Keep(job, before);
        }

        return job;
    }

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel) => database.ReadAsync(session => List(session, database.Dialect, query), cancel);

    public Task<IReadOnlyList<Job>> FamilyAsync(JobId id, string owner, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Job>>(
            session => WithFiles(session, session.Query(
                $"""
                 WITH RECURSIVE up(id, source_id) AS (
                     SELECT id, source_id FROM jobs WHERE id = @id AND owner = @owner
                     UNION SELECT j.id, j.source_id FROM jobs j JOIN up ON j.id = up.source_id WHERE j.owner = @owner),
                 down(id) AS (SELECT id FROM up UNION SELECT j.id FROM jobs j JOIN down ON j.source_id = down.id WHERE j.owner = @owner)
                 SELECT {JobRow.Columns} FROM jobs WHERE id IN (SELECT id FROM down) AND kind = 'video' AND deleted_at IS NULL ORDER BY seq LIMIT @limit
                 """,
                JobRow.Read,
                ("@id", id.Hex), ("@owner", owner), ("@limit", limit))),
            cancel);

    public Task<bool> OwnsRemoteAsync(string provider, string remoteId, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Scalar(
                "SELECT 1 FROM jobs WHERE provider = @provider AND remote_id = @remote LIMIT 1", ("@provider", provider), ("@remote", remoteId)) is not null,
            cancel);

    public Task<bool> HasTwinBeingSentAsync(Job job, DateTimeOffset since, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Scalar(
                """
                SELECT 1 FROM jobs WHERE provider = @provider AND due_at IS NOT NULL AND status = 'submitting' AND remote_id IS NULL AND submitted_at >= @since
                    AND model = @model AND prompt = @prompt AND id <> @id LIMIT 1
                """,
                ("@provider", job.Provider), ("@since", since.Millis()), ("@model", job.Model), ("@prompt", job.Request.Prompt), ("@id", job.Id.Hex)) is not null,
            cancel);

    public Task<IReadOnlyList<JobId>> UnpurgedAsync(int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<JobId>>(
            session => session.Query(
                "SELECT id FROM jobs WHERE deleted_at IS NOT NULL AND purged_at IS NULL AND status <> 'submission_unknown' ORDER BY seq LIMIT @limit",
                row => JobRow.Id(row.GetString(0)),
                ("@limit", limit)),
            cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<JobEvent>>(
            session => session.Query(
                "SELECT seq, job_id, owner, type, at, data, (SELECT kind FROM jobs WHERE id = job_id) FROM events WHERE seq > @seq ORDER BY seq LIMIT @limit",
                JobRow.ReadEvent,
                ("@seq", sequence), ("@limit", limit)),
            cancel);

    public Task<long> LastEventAsync(CancellationToken cancel) =>
        database.ReadAsync(session => Convert.ToInt64(session.Scalar("SELECT COALESCE(MAX(seq), 0) FROM events"), CultureInfo.InvariantCulture), cancel);

    public Task<IReadOnlyDictionary<JobStatus, int>> CountByStatusAsync(string owner, MediaKind kind, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<JobStatus, int>>(
            session => session.Query(
                    "SELECT status, COUNT(*) FROM jobs WHERE owner = @owner AND kind = @kind AND deleted_at IS NULL GROUP BY status",
                    row => (Status: JobMoves.FromWord(row.GetString(0)), Count: row.GetInt32(1)),
                    ("@owner", owner), ("@kind", kind.Word()))
                .Where(r => r.Status is not null)
                .ToDictionary(r => r.Status!.Value, r => r.Count),
            cancel);

    public Task<int> CountOpenAsync(CancellationToken cancel) =>
        database.ReadAsync(
            session => Convert.ToInt32(session.Scalar("SELECT COUNT(*) FROM jobs WHERE due_at IS NOT NULL"), CultureInfo.InvariantCulture), cancel);

    /// <exception cref="KinoraException"><c>idempotency_key_reused</c>.</exception>
    public static Job? ByKey(SqlSession session, string owner, string key, string bodyHash)
    {
        var known = session.Query(
            "SELECT job_id, body_hash FROM idempotency_keys WHERE owner = @owner AND key = @key",
            row => (JobId: row.GetString(0), BodyHash: row.GetString(1)),
            ("@owner", owner), ("@key", key));
        if (known.Count == 0)
        {
            return null;
        }

        return known[0].BodyHash == bodyHash
            ? Single(session, JobRow.Id(known[0].JobId), owner: null, deletedToo: true)
            : throw new KinoraException(
                ErrorCodes.IdempotencyKeyReused,
                "This idempotency key was used for another request. Use a new key for a new request, or send the same request to get its job.");
    }

    /// <summary>The newest job of that owner and body: open, or at an end where that is asked for, or one of which nobody knows whether it was paid, which must not be sent again unasked.</summary>
    public static Job? Repeat(SqlSession session, string owner, string bodyHash, RepeatSearch search) =>
        session.Query(
            $"""
             SELECT {JobRow.Columns} FROM jobs
             WHERE owner = @owner AND body_hash = @hash AND (@ended = 1 OR due_at IS NOT NULL OR status = 'submission_unknown') AND deleted_at IS NULL AND created_at >= @since ORDER BY seq DESC LIMIT 1
             """,
            JobRow.Read,
            ("@owner", owner), ("@hash", bodyHash), ("@ended", search.EndedToo ? 1 : 0), ("@since", search.Since.Millis())).FirstOrDefault();

    public static Job? Single(SqlSession session, JobId id, string? owner, bool deletedToo)
    {
        var job = session.Query(
            $"SELECT {JobRow.Columns} FROM jobs WHERE id = @id AND (CAST(@owner AS TEXT) IS NULL OR owner = @owner) AND (@deleted = 1 OR deleted_at IS NULL)",
            JobRow.Read,
            ("@id", id.Hex), ("@owner", owner), ("@deleted", deletedToo ? 1 : 0)).FirstOrDefault();
        return job is null
            ? null
            : job with
            {
                Assets = session.Query(
                    $"SELECT {JobRow.AssetColumns} FROM assets WHERE job_id = @id ORDER BY role, idx", JobRow.ReadAsset, ("@id", id.Hex)),
            };
    }

    /// <summary>The turns of a session that were not deleted, oldest first, with their files.</summary>
    public static IReadOnlyList<Job> Turns(SqlSession session, SessionId id)
    {
        var files = session.Query(
                $"SELECT {JobRow.AssetColumns} FROM assets WHERE job_id IN (SELECT id FROM jobs WHERE session_id = @session) ORDER BY role, idx",
                JobRow.ReadAsset,
                ("@session", id.Hex))
            .ToLookup(a => a.JobId);
        return session.Query(
            $"SELECT {JobRow.Columns} FROM jobs WHERE session_id = @session AND deleted_at IS NULL ORDER BY seq",
            row => JobRow.Read(row) is var job ? job with { Assets = [.. files[job.Id]] } : null!,
            ("@session", id.Hex));
    }

    /// <summary>Only true for as long as no other move runs: moves are ordered.</summary>
    public static bool IsOwnedByAnother(SqlSession session, JobId job, string remoteId) =>
        session.Scalar(
            "SELECT 1 FROM jobs WHERE provider = (SELECT provider FROM jobs WHERE id = @id) AND remote_id = @remote AND id <> @id LIMIT 1",
            ("@id", job.Hex), ("@remote", remoteId)) is not null;

    private static JobPage List(SqlSession session, SqlDialect dialect, JobQuery query)
    {
        var sql = new StringBuilder($"SELECT {JobRow.Columns} FROM jobs WHERE {(query.DeletedToo ? "1 = 1" : "deleted_at IS NULL")}");
        var parameters = new List<(string, object?)>();
        void And(string condition, string name, object? value)
        {
            sql.Append(" AND ").Append(condition);
            parameters.Add((name, value));
        }

        if (query.Owner is { } owner)
        {
            And("owner = @owner", "@owner", owner);
        }

        if (query.After is { } after)
        {
            var mine = query.Owner is null ? "" : " AND owner = @owner";
            And($"seq {(query.OldestFirst ? '>' : '<')} (SELECT seq FROM jobs WHERE id = @after{mine})", "@after", after.Hex);
        }

        if (query.Kind is { } kind)
        {
            And("kind = @kind", "@kind", kind.Word());
        }

        if (query.Model is { } model)
        {
            And("model = @model", "@model", model);
        }

        if (query.Text is { Length: > 0 } text)
        {
            And($@"prompt {dialect.Like} @text ESCAPE '\'", "@text", "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%");
        }

        if (query.Status is { } stage)
        {
            And("status = @stage", "@stage", stage.Word());
        }

        if (query.PublicStatus is { } status)
        {
            var words = Enum.GetValues<JobStatus>().Where(s => s.PublicWord() == status).Select(s => $"'{s.Word()}'").ToList();
            sql.Append(words.Count == 0 ? " AND 1 = 0" : $" AND status IN ({string.Join(", ", words)})");
        }

        sql.Append(query.OldestFirst ? " ORDER BY seq" : " ORDER BY seq DESC").Append(" LIMIT @limit");
        parameters.Add(("@limit", query.Limit + 1));
        if (query.Offset > 0)
        {
            sql.Append(" OFFSET @offset");
            parameters.Add(("@offset", query.Offset));
        }

        var found = session.Query(sql.ToString(), JobRow.Read, parameters.ToArray());
        var jobs = found.Count > query.Limit ? found[..query.Limit] : found;
        return new JobPage(query.WithFiles ? WithFiles(session, jobs) : jobs, found.Count > query.Limit);
    }

    private static List<Job> WithFiles(SqlSession session, List<Job> jobs)
    {
        if (jobs.Count == 0)
        {
            return [];
        }

        // Every text of a statement is prepared and kept: a power of two of places, so that there are few of them; the last id fills those that are left.
        var places = Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)jobs.Count))
            .Select(i => (Name: FormattableString.Invariant($"@id{i}"), Value: (object?)jobs[Math.Min(i, jobs.Count - 1)].Id.Hex)).ToArray();
        var files = session.Query(
            $"SELECT {JobRow.AssetColumns} FROM assets WHERE job_id IN ({string.Join(", ", places.Select(p => p.Name))}) ORDER BY role, idx", JobRow.ReadAsset, places)
            .ToLookup(a => a.JobId);
        return [.. jobs.Select(j => j with { Assets = [.. files[j.Id]] })];
    }
}
