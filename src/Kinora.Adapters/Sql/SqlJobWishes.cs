using Kinora.Events;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>What is done to a job from outside its worker's steps: each moves the fence where a worker must not go on as if nothing had happened.</summary>
internal static class SqlJobWishes
{
    public static bool Rescue(SqlSession session, long now, JobRescue rescue)
    {
        if (rescue.OnlyUnowned && SqlJobQueries.IsOwnedByAnother(session, rescue.Id, rescue.RemoteId))
        {
            return false;
        }

        // The fence moves too: a worker that is about to call it unknown must find its lease gone.
        var changed = session.Execute(
            """
            UPDATE jobs SET status = 'running', remote_id = @remote, remote_data = @data, reason = @reason, error_code = NULL, error_text = NULL,
                due_at = @now, updated_at = @now, ended_at = NULL, deleted_at = NULL, fence = fence + 1, claims = 0, worker = NULL
            WHERE id = @id AND remote_id IS NULL AND status IN ('submitting', 'submission_unknown')
            """,
            ("@remote", rescue.RemoteId), ("@data", rescue.RemoteData), ("@reason", rescue.Reason), ("@now", now), ("@id", rescue.Id.Hex)) > 0;
        return changed && SqlJobEvents.Add(session, rescue.Id, "changed", new EventData { Status = "running", Reason = rescue.Reason });
    }

    public static bool RequestCancel(SqlSession session, long now, JobId id, string owner)
    {
        const string reason = "Cancelled before it was sent; nothing was charged.";
        if (session.Execute(
            """
            UPDATE jobs SET status = 'cancelled', cost_micros = 0, reason = @reason, error_code = 'cancelled', error_text = @reason, cancel_requested = 1, due_at = NULL,
                fence = fence + 1, updated_at = @now, ended_at = @now
            WHERE id = @id AND owner = @owner AND status = 'queued' AND deleted_at IS NULL
            """,
            ("@reason", reason), ("@now", now), ("@id", id.Hex), ("@owner", owner)) > 0)
        {
            return SqlJobEvents.Add(session, id, "changed", new EventData { Status = "cancelled", Reason = reason, ErrorCode = "cancelled" });
        }

        // Between two looks nobody holds it: then it is due at once. A worker in the middle of a step hears of it when it renews its lease, or makes it due at its end.
        return session.Execute(
            $"""
             UPDATE jobs SET cancel_requested = 1, updated_at = @now, due_at = CASE WHEN worker IS NULL THEN @now ELSE due_at END
             WHERE id = @id AND owner = @owner AND deleted_at IS NULL AND status IN ({JobRow.OpenStates})
             """,
            ("@now", now), ("@id", id.Hex), ("@owner", owner)) > 0;
    }

    public static bool Hasten(SqlSession session, long now, JobId id) =>
        session.Execute(
            "UPDATE jobs SET due_at = @now WHERE id = @id AND status = 'running' AND worker IS NULL AND due_at > @now", ("@now", now), ("@id", id.Hex)) > 0;

    public static bool Reopen(SqlSession session, long now, JobId id, string owner, string reason) =>
        session.Execute(
            """
            UPDATE jobs SET status = 'running', reason = @reason, error_code = NULL, error_text = NULL, due_at = @now, updated_at = @now, ended_at = NULL,
                submitted_at = @now, fence = fence + 1, claims = 0, faults = 0, strikes = 0, missing_since = NULL
            WHERE id = @id AND owner = @owner AND status = 'expired' AND remote_id IS NOT NULL AND deleted_at IS NULL
            """,
            ("@reason", reason), ("@now", now), ("@id", id.Hex), ("@owner", owner)) > 0
        && SqlJobEvents.Add(session, id, "changed", new EventData { Status = "running", Reason = reason });

    public static bool MarkLost(SqlSession session, long now, JobId id, string reason) =>
        session.Execute(
            """
            UPDATE jobs SET status = 'failed', cost_micros = 0, charged_micros = 0, reason = @reason, error_code = 'remote_lost', error_text = @reason, updated_at = @now, ended_at = @now
            WHERE id = @id AND status = 'submission_unknown'
            """,
            ("@reason", reason), ("@now", now), ("@id", id.Hex)) > 0
        && SqlJobEvents.Add(session, id, "changed", new EventData { Status = "failed", Reason = reason, ErrorCode = "remote_lost" });

    public static bool Delete(SqlSession session, long now, JobId id, string owner) =>
        session.Execute(
            $"UPDATE jobs SET deleted_at = @now, updated_at = @now WHERE id = @id AND owner = @owner AND deleted_at IS NULL AND status NOT IN ({JobRow.OpenStates})",
            ("@now", now), ("@id", id.Hex), ("@owner", owner)) > 0
        && SqlJobEvents.Add(session, id, "deleted", new EventData());
}
