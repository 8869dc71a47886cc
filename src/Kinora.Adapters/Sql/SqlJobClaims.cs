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
        if (request.Slots.Count == 0)
        {
            return new ClaimResult([], null);
        }

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
            // An expression, so that no planner takes the index of due jobs and reads all of them: suspects have their own and are few.
            var names = string.Join(", ", ready.Select((_, number) => Name(number)));
            Take(Due($"provider || '' IN ({names}) AND {Suspected}", "claims, seq", "1"), ready.Select((provider, number) => (Name(number), (object?)provider)));
        }

        // One statement for all of them: a worker claims every few hundred milliseconds, from a dozen providers.
        Take(
            Union(ready.Count, number => $"SELECT seq FROM ({Due($"provider = {Name(number)} AND {Unsuspected}", "due_at, seq", Most(number))}) AS due{number}"),
            ready.SelectMany((provider, number) => new[] { (Name(number), (object?)provider), (Most(number), request.Slots[provider] - jobs.Count(job => job.Provider == provider)) }));
        return new ClaimResult(jobs, Earliest(NextDue(session, request)));

        void Take(string due, IEnumerable<(string Name, object? Value)> values) => jobs.AddRange(session.Query(
            $"""
             WITH ready AS MATERIALIZED ({due})
             UPDATE jobs SET fence = fence + 1, claims = claims + 1, worker = @worker, due_at = @until WHERE seq IN (SELECT seq FROM ready)
             RETURNING {JobRow.Columns}
             """,
            JobRow.Read,
            [("@worker", request.Worker), ("@until", request.Until.Millis()), ("@now", request.Now.Millis()), .. values]));
    }

    private string Due(string which, string order, string most) =>
        $"SELECT seq FROM jobs WHERE {which} AND due_at <= @now AND status IN ({JobRow.OpenStates}) ORDER BY {order} LIMIT {most}{database.Dialect.SkipLocked}";

    /// <summary>Without suspects where none may be claimed: who may not take them must not wake for them.</summary>
    private static List<(string Provider, long Due)> NextDue(SqlSession session, ClaimRequest request)
    {
        var providers = request.Slots.Keys.ToList();
        var which = request.Suspect ? "" : $" AND {Unsuspected}";
        return session.Query(
            Union(
                providers.Count,
                number => $"SELECT {number}, (SELECT due_at FROM jobs WHERE provider = {Name(number)} AND due_at IS NOT NULL{which} AND status IN ({JobRow.OpenStates}) ORDER BY due_at LIMIT 1)"),
            row => (Provider: providers[row.GetInt32(0)], Due: row.IsDBNull(1) ? (long?)null : row.GetInt64(1)),
            [.. providers.Select((provider, number) => (Name(number), (object?)provider))])
            .Where(next => next.Due is not null)
            .Select(next => (next.Provider, next.Due!.Value))
            .ToList();
    }

    private static string Union(int count, Func<int, string> part) => string.Join(" UNION ALL ", Enumerable.Range(0, count).Select(part));

    private static string Name(int number) => FormattableString.Invariant($"@p{number}");

    private static string Most(int number) => FormattableString.Invariant($"@most{number}");

    private static DateTimeOffset? Earliest(List<(string Provider, long Due)> due) =>
        due.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(due.Min(d => d.Due));
}
