using System.Globalization;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>Hands due jobs to workers: each to one, under a lease, the oldest due first.</summary>
internal sealed class SqlJobClaims(ISqlDatabase database)
{
    public async Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel)
    {
        // A look without the write lock first: an idle worker must not disturb the others.
        var due = await database.ReadAsync(session => NextDue(session, request.Slots.Keys), cancel);
        var ready = due.Where(d => d.Due <= request.Now.Millis() && request.Slots[d.Provider] > 0).Select(d => d.Provider).ToList();
        if (ready.Count == 0)
        {
            return new ClaimResult([], Earliest(due));
        }

        return await database.WriteAsync(session => Claim(session, request, ready), durable: false, cancel, ordered: false);
    }

    private ClaimResult Claim(SqlSession session, ClaimRequest request, List<string> ready)
    {
        var jobs = new List<Job>();
        foreach (var provider in ready)
        {
            jobs.AddRange(session.Query(
                $"""
                 WITH ready AS MATERIALIZED (SELECT seq FROM jobs WHERE provider = @provider AND due_at <= @now AND status IN ({JobRow.OpenStates})
                                             ORDER BY due_at, seq LIMIT @slots{database.Dialect.SkipLocked})
                 UPDATE jobs SET fence = fence + 1, claims = claims + 1, worker = @worker, due_at = @until WHERE seq IN (SELECT seq FROM ready)
                 RETURNING {JobRow.Columns}
                 """,
                JobRow.Read,
                ("@worker", request.Worker), ("@until", request.Until.Millis()), ("@provider", provider), ("@now", request.Now.Millis()),
                ("@slots", request.Slots[provider])));
        }

        return new ClaimResult(jobs, Earliest(NextDue(session, request.Slots.Keys)));
    }

    private static List<(string Provider, long Due)> NextDue(SqlSession session, IEnumerable<string> providers)
    {
        var next = new List<(string, long)>();
        foreach (var provider in providers)
        {
            if (session.Scalar(
                $"SELECT due_at FROM jobs WHERE provider = @provider AND due_at IS NOT NULL AND status IN ({JobRow.OpenStates}) ORDER BY due_at LIMIT 1",
                ("@provider", provider)) is { } due)
            {
                next.Add((provider, Convert.ToInt64(due, CultureInfo.InvariantCulture)));
            }
        }

        return next;
    }

    private static DateTimeOffset? Earliest(List<(string Provider, long Due)> due) =>
        due.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(due.Min(d => d.Due));
}
