using System.Globalization;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Hands due jobs to workers: each to one, under a lease, the oldest due first. One suspect goes before them, the one with the fewest dead claims: so that each gets its
/// turn, and deaths that have another cause are spread over all.
/// </summary>
internal sealed class SqlJobClaims(ISqlDatabase database)
{
    /// <summary>What is stored of a job before the claim that makes it a suspect.</summary>
    private static readonly string _suspected = (RetryRules.SuspectClaim - 1).ToString(CultureInfo.InvariantCulture);

    private static readonly string _unsuspected = $"claims < {_suspected}";

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
        foreach (var provider in ready)
        {
            var suspects = request.Suspect && jobs.TrueForAll(job => job.Claims < RetryRules.SuspectClaim)
                ? Take(provider, most: 1, $"claims >= {_suspected}", "claims, seq")
                : [];
            jobs.AddRange(suspects);
            jobs.AddRange(Take(provider, request.Slots[provider] - suspects.Count, _unsuspected, "due_at, seq"));
        }

        return new ClaimResult(jobs, Earliest(NextDue(session, request)));

        List<Job> Take(string provider, int most, string which, string order) => session.Query(
            $"""
             WITH ready AS MATERIALIZED (SELECT seq FROM jobs WHERE provider = @provider AND due_at <= @now AND {which} AND status IN ({JobRow.OpenStates})
                                         ORDER BY {order} LIMIT @most{database.Dialect.SkipLocked})
             UPDATE jobs SET fence = fence + 1, claims = claims + 1, worker = @worker, due_at = @until WHERE seq IN (SELECT seq FROM ready)
             RETURNING {JobRow.Columns}
             """,
            JobRow.Read,
            ("@worker", request.Worker), ("@until", request.Until.Millis()), ("@provider", provider), ("@now", request.Now.Millis()), ("@most", most));
    }

    /// <summary>Without suspects where none may be claimed: who may not take them must not wake for them.</summary>
    private static List<(string Provider, long Due)> NextDue(SqlSession session, ClaimRequest request)
    {
        var next = new List<(string, long)>();
        foreach (var provider in request.Slots.Keys)
        {
            if (session.Scalar(
                $"SELECT due_at FROM jobs WHERE provider = @provider AND due_at IS NOT NULL{(request.Suspect ? "" : $" AND {_unsuspected}")} AND status IN ({JobRow.OpenStates}) ORDER BY due_at LIMIT 1",
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
