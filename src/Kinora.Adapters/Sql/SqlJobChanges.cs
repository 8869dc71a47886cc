using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinora.Assets;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>What the engine writes of a job: its row, its moves under a lease, its files.</summary>
internal static class SqlJobChanges
{
    public static CreateResult Create(SqlSession session, NewJob create)
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
        SqlJobEvents.Add(session, job.Id, "created", new EventData { Status = "queued" });
        var sequence = Convert.ToInt64(session.Scalar("SELECT seq FROM jobs WHERE id = @id", ("@id", job.Id.Hex)), CultureInfo.InvariantCulture);
        return new CreateResult(job with { Sequence = sequence, Status = JobStatus.Queued, UpdatedAt = job.CreatedAt }, AlreadyThere: false);
    }

    /// <summary>Whether an update is one row of a lease's and nothing else: no event, no money, no file.</summary>
    public static bool IsQuiet(JobUpdate update) =>
        update.From == update.To && update is { Progress: null, Reason: null, ChargedUsd: null, Assets: null, Turn: null };

    public static bool Apply(SqlSession session, JobUpdate update)
    {
        var moved = update.From != update.To;
        var now = update.Now.Millis();
        if (update is { OnlyUnowned: true, RemoteId: { } remote } && SqlJobQueries.IsOwnedByAnother(session, update.Lease.Id, remote))
        {
            return false;
        }

        var before = update.Progress is null ? 0 : SqlJobEvents.StoredProgress(session, update.Lease.Id);
        var changed = session.Execute(
            $"""
            UPDATE jobs SET status = @to, updated_at = @now, due_at = CASE WHEN @heeds = 1 AND cancel_requested = 1 THEN @now ELSE CAST(@due AS BIGINT) END, claims = 0, worker = CASE WHEN @keep = 1 THEN worker ELSE NULL END,
                reason = COALESCE(@reason, reason),
                progress = CASE WHEN @progress > progress THEN @progress ELSE progress END,
                remote_id = COALESCE(@remote, remote_id), remote_data = COALESCE(@data, remote_data), outputs = COALESCE(@outputs, outputs),
                error_code = COALESCE(@code, error_code), error_text = COALESCE(@text, error_text), warnings = COALESCE(@warnings, warnings),
                cost_micros = {SqlSpend.Settled}, charged_micros = COALESCE(@charged, charged_micros), submitted_at = COALESCE(@submitted, submitted_at), ended_at = @ended,
                faults = COALESCE(@faults, faults), strikes = COALESCE(@strikes, strikes),
                missing_since = CASE WHEN @faults = 0 THEN NULL ELSE COALESCE(@missing, missing_since) END
            WHERE id = @id AND fence = @fence AND status = @from
            """,
            ("@to", update.To.Word()), ("@now", now), ("@keep", update.KeepLease ? 1 : 0), ("@heeds", HeedsCancel(update) ? 1 : 0), ("@due", update.To.IsFinal() ? null : update.Due!.Value.Millis()), ("@reason", update.Reason),
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
            || SqlJobEvents.Add(session, update.Lease.Id, "changed", new EventData
            {
                Status = moved ? update.To.Word() : null,
                Reason = update.Reason,
                Progress = grown,
                ErrorCode = update.ErrorCode,
            });
    }

    /// <summary>A job without a worker was given back: a late beat must not push its next look away.</summary>
    public static RenewResult Renew(SqlSession session, long now, JobLease lease, DateTimeOffset until, double? progress)
    {
        var before = progress is null ? 0 : SqlJobEvents.StoredProgress(session, lease.Id);
        var held = session.Query(
            $"""
             UPDATE jobs SET due_at = @until, updated_at = @now, claims = CASE WHEN @progress > progress THEN 0 ELSE claims END, progress = CASE WHEN @progress > progress THEN @progress ELSE progress END
             WHERE id = @id AND fence = @fence AND worker IS NOT NULL AND status IN ({JobRow.OpenStates})
             RETURNING cancel_requested
             """,
            row => row.GetInt32(0) != 0,
            ("@until", until.Millis()), ("@now", now), ("@progress", progress ?? -1), ("@id", lease.Id.Hex), ("@fence", lease.Fence));
        if (held.Count == 0)
        {
            return RenewResult.Lost;
        }

        if (progress > before)
        {
            SqlJobEvents.Add(session, lease.Id, "changed", new EventData { Progress = progress });
        }

        return held[0] ? RenewResult.CancelRequested : RenewResult.Held;
    }

    /// <summary>Whether a wish to cancel that is found in the row came meanwhile, and nobody will hear of it before the job is due.</summary>
    private static bool HeedsCancel(JobUpdate update) => update is { KnowsOfCancel: false, KeepLease: false } && !update.To.IsFinal();

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

    private static string? Json(IReadOnlyList<string> texts) => Json(texts, JobJson.Default.IReadOnlyListString);

    private static string? Json<T>(IReadOnlyList<T> list, JsonTypeInfo<IReadOnlyList<T>> type) => list.Count == 0 ? null : JsonSerializer.Serialize(list, type);
}
