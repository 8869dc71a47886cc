using System.Globalization;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Hands due jobs to workers: each to one, under a lease, the oldest due first. One suspect goes before them, the one with the fewest dead claims: so that each gets its
/// turn, and deaths that have another cause are spread over all.
/// </summary>
internal sealed class SqlJobClaims(ISqlDatabase database)
{
    /// <summary>Of jobs whose next claim has a suspect's number; a condition of an index too, so a constant.</summary>
    private const string Suspected = "claims >= 2";
    private const string Unsuspected = "claims < 2";

    public async Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancel)
    {
        // A look without the write lock first: an idle worker must not disturb the others.
        var due = await database.ReadAsync(session => NextDue(session, request), cancel);
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
        if (request.Suspect)
        {
            var names = string.Join(", ", ready.Select((_, number) => FormattableString.Invariant($"@p{number}")));
            // An expression, so that no planner takes the index of due jobs and reads all of them: suspects have their own and are few.
            Take($"provider || '' IN ({names}) AND {Suspected}", "claims, seq", most: 1, ready.Select((provider, number) => (FormattableString.Invariant($"@p{number}"), (object?)provider)));
        }

        foreach (var provider in ready)
        {
            Take($"provider = @provider AND {Unsuspected}", "due_at, seq", request.Slots[provider] - jobs.Count(job => job.Provider == provider), [("@provider", provider)]);
        }

        return new ClaimResult(jobs, Earliest(NextDue(session, request)));

        void Take(string which, string order, int most, IEnumerable<(string Name, object? Value)> values) => jobs.AddRange(session.Query(
            $"""
             WITH ready AS MATERIALIZED (SELECT seq FROM jobs WHERE {which} AND due_at <= @now AND status IN ({JobRow.OpenStates})
                                         ORDER BY {order} LIMIT @most{database.Dialect.SkipLocked})
             UPDATE jobs SET fence = fence + 1, claims = claims + 1, worker = @worker, due_at = @until WHERE seq IN (SELECT seq FROM ready)
             RETURNING {JobRow.Columns}
             """,
            JobRow.Read,
            [("@worker", request.Worker), ("@until", request.Until.Millis()), ("@now", request.Now.Millis()), ("@most", most), .. values]));
    }

    /// <summary>Without suspects where none may be claimed: who may not take them must not wake for them.</summary>
    private static List<(string Provider, long Due)> NextDue(SqlSession session, ClaimRequest request)
    {
        var next = new List<(string, long)>();
        foreach (var provider in request.Slots.Keys)
        {
            if (session.Scalar(
                $"SELECT due_at FROM jobs WHERE provider = @provider AND due_at IS NOT NULL{(request.Suspect ? "" : $" AND {Unsuspected}")} AND status IN ({JobRow.OpenStates}) ORDER BY due_at LIMIT 1",
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
