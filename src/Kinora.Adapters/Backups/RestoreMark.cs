using System.Text.Json;
using Kinora.Adapters.Sql;
using Kinora.Assets;
using Kinora.Backups;
using Kinora.Events;
using Kinora.Jobs;

namespace Kinora.Adapters.Backups;

/// <summary>
/// Makes a restored database safe to run. A backup knows nothing of what came after it, so what it holds as unsent may have been sent: such jobs stand under an
/// intent afterwards, and the engine asks before it does anything. Safe to run again.
/// </summary>
internal sealed class RestoreMark(ISqlDatabase database, TimeProvider time)
{
    private const int Page = 500;
    private const string Doubtful = "(status IN ('queued', 'submitting') OR (status = 'running' AND remote_id IS NULL))";
    private const string AskedAgain = "Its file is not in the backup it was restored from; the provider is asked for it again.";
    private const string NotThere = "Its file is not in the backup it was restored from, and the provider cannot be asked for it.";

    /// <param name="madeAt">When the database was copied; null when unknown.</param>
    /// <param name="files">Null: files are not looked for.</param>
    public async Task<RestoreReport> RunAsync(DateTimeOffset? madeAt, IAssetStore? files, CancellationToken cancel)
    {
        var now = time.GetUtcNow().Millis();
        var (lookedUp, goOn) = await database.WriteAsync(session => MarkOpen(session, now, madeAt?.Millis() ?? 0), durable: true, cancel);
        var (again, lost) = files is null ? (0, 0) : await MarkFilesAsync(files, now, cancel);
        return new RestoreReport(lookedUp, goOn, again, lost);
    }

    private static (int LookedUp, int GoOn) MarkOpen(SqlSession session, long now, long madeAt)
    {
        var doubtful = session.Query($"SELECT id FROM jobs WHERE {Doubtful}", row => JobRow.Id(row.GetString(0)));

        // A job that was waiting when the copy was made had not been sent by then: that is where the provider's list is read from.
        session.Execute(
            $"""
             UPDATE jobs SET submitted_at = CASE WHEN status = 'queued' AND @made > created_at THEN @made ELSE COALESCE(submitted_at, created_at) END,
                 status = 'submitting', reason = @reason, due_at = @now, updated_at = @now, worker = NULL, fence = fence + 1, claims = 0, faults = 0, strikes = 0
             WHERE {Doubtful}
             """,
            ("@made", madeAt), ("@reason", RestoredJob.Reason), ("@now", now));
        foreach (var job in doubtful)
        {
            SqlJobEvents.Add(session, job, "changed", new EventData { Status = "submitting", Reason = RestoredJob.Reason });
        }

        var goOn = session.Execute(
            $"UPDATE jobs SET due_at = @now, worker = NULL, fence = fence + 1, claims = 0 WHERE status IN ({JobRow.OpenStates}) AND NOT {Doubtful} AND status <> 'submitting'",
            ("@now", now));
        return (doubtful.Count, goOn);
    }

    private async Task<(int Again, int Lost)> MarkFilesAsync(IAssetStore files, long now, CancellationToken cancel)
    {
        var jobs = new SqlJobStore(database, time);
        var (again, lost) = (0, 0);
        JobId? after = null;
        JobPage page;
        do
        {
            page = await jobs.ListAsync(new JobQuery(Owner: null, Page, after, OldestFirst: true) { PublicStatus = "completed", WithFiles = true }, cancel);
            foreach (var job in page.Jobs)
            {
                if (await IsWholeAsync(job, files, cancel))
                {
                    continue;
                }

                var asks = job.RemoteId is not null;
                await database.WriteAsync(session => asks ? FetchAgain(session, job, now) : Tell(session, job, now), durable: true, cancel);
                (again, lost) = asks ? (again + 1, lost) : (again, lost + 1);
            }

            after = page.Jobs.Count > 0 ? page.Jobs[^1].Id : after;
        }
        while (page.HasMore);
        return (again, lost);
    }

    /// <summary>Stills are a comfort; the result is what was paid for.</summary>
    private static async Task<bool> IsWholeAsync(Job job, IAssetStore files, CancellationToken cancel)
    {
        foreach (var asset in job.Assets.Where(a => a.Role is AssetRole.Video or AssetRole.Image))
        {
            if (!await files.ExistsAsync(asset, cancel))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looked at like a running job: it is fetched where it still is, and else ends with what the provider says. What it cost stays counted.</summary>
    private static bool FetchAgain(SqlSession session, Job job, long now)
    {
        session.Execute("DELETE FROM assets WHERE job_id = @id", ("@id", job.Id.Hex));
        session.Execute(
            """
            UPDATE jobs SET status = 'running', reason = @reason, charged_micros = COALESCE(charged_micros, cost_micros), submitted_at = @now, due_at = @now, updated_at = @now,
                ended_at = NULL, worker = NULL, fence = fence + 1, claims = 0, faults = 0, strikes = 0, missing_since = NULL
            WHERE id = @id AND status = 'completed'
            """,
            ("@reason", AskedAgain), ("@now", now), ("@id", job.Id.Hex));
        return SqlJobEvents.Add(session, job.Id, "changed", new EventData { Status = "running", Reason = AskedAgain });
    }

    private static bool Tell(SqlSession session, Job job, long now)
    {
        if (job.Warnings.Contains(NotThere))
        {
            return true;
        }

        session.Execute(
            "UPDATE jobs SET warnings = @warnings, reason = @reason, updated_at = @now WHERE id = @id",
            ("@warnings", JsonSerializer.Serialize([.. job.Warnings, NotThere], JobJson.Default.IReadOnlyListString)), ("@reason", NotThere), ("@now", now), ("@id", job.Id.Hex));
        return SqlJobEvents.Add(session, job.Id, "changed", new EventData { Reason = NotThere });
    }
}
