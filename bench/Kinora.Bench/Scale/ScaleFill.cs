using System.Text.Json;
using Kinora.Adapters.Sql;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Bench.Scale;

/// <summary>
/// Jobs that the provider has already. The first of each provider goes through the store as any job does; the others are copies of its rows (job and events) by
/// SQL, with ids, remote ids and times of their own. All of one owner: for most queries that is the worst case.
/// </summary>
internal static class ScaleFill
{
    public const string Owner = "bench";

    /// <summary>Rows in one statement: PostgreSQL's sessions end what takes longer than twelve seconds.</summary>
    private const int Rows = 10_000;

    public static NewJob New(SimulatedProvider provider, DateTimeOffset now)
    {
        var model = provider.Name + "/any";
        var request = new GenerationRequest { Prompt = "A paper boat sails down a rainy street", Model = model, Size = new FrameSize(1280, 720), Seconds = 8 };
        var id = JobId.New(new SystemRandomBytes());
        return new NewJob(
            new Job
            {
                Id = id,
                Owner = Owner,
                Provider = provider.Name,
                Model = model,
                EstimateUsd = 0.4m,
                BodyHash = id.Hex + id.Hex,
                CreatedAt = now,
                RequestJson = JsonSerializer.Serialize(request, JobJson.Default.GenerationRequest),
            },
            null);
    }

    /// <summary>The job that the others are copied from; due at <paramref name="due"/>.</summary>
    public static async Task<JobId> FirstAsync(SqlJobStore store, SimulatedProvider provider, DateTimeOffset now, DateTimeOffset due)
    {
        var job = (await store.CreateAsync(New(provider, now), CancellationToken.None)).Job;
        var claimed = (await store.ClaimAsync(
            new ClaimRequest("bench", new Dictionary<string, int> { [provider.Name] = 1 }, now.AddSeconds(1), now.AddMinutes(10)), CancellationToken.None)).Jobs.Single();
        var lease = new JobLease(claimed.Id, claimed.Fence);
        await store.ApplyAsync(
            new JobUpdate { Lease = lease, From = JobStatus.Queued, To = JobStatus.Submitting, Now = now, Due = due, KeepLease = true, Reason = "Sending it to the provider." },
            CancellationToken.None);
        await store.ApplyAsync(
            new JobUpdate
            {
                Lease = lease,
                From = JobStatus.Submitting,
                To = JobStatus.Running,
                Now = now,
                Due = due,
                RemoteId = SimulatedProvider.RemoteId(0),
                Reason = "The provider has it.",
            },
            CancellationToken.None);
        return job.Id;
    }

    /// <summary>When job <paramref name="i"/> of <paramref name="count"/> is looked at first: spread over one interval, in no order.</summary>
    public static DateTimeOffset FirstLook(int i, int count, DateTimeOffset from, TimeSpan interval) =>
        from.AddMilliseconds((long)i * 7_919 % count * (long)interval.TotalMilliseconds / count);

    /// <summary>Copies number <paramref name="from"/> to <paramref name="to"/> (not included) of <paramref name="count"/>.</summary>
    /// <param name="number">Of the provider, so that no two jobs get the same id.</param>
    public static async Task CopyAsync(
        ScalePlace place, JobId first, int number, int from, int to, int count, DateTimeOffset firstLook, TimeSpan interval)
    {
        var postgres = place.IsPostgres;
        var g = FormattableString.Invariant($"({number} * 10000000 + i)");
        var scattered = $"({g} * CAST(2654435761 AS BIGINT)) % 4294967296";
        var id = postgres ? $"lpad(to_hex({scattered}), 8, '0') || lpad(to_hex({g}), 24, '0')" : $"printf('%08x%024x', {scattered}, {g})";
        var due = FormattableString.Invariant(
            $"CAST({firstLook.ToUnixTimeMilliseconds()} AS BIGINT) + i * 7919 % {count} * {(long)interval.TotalMilliseconds} / {count}");
        var own = new Dictionary<string, string> { ["id"] = id, ["job_id"] = id, ["body_hash"] = $"{id} || {id}", ["remote_id"] = "'sim-' || i", ["due_at"] = due };
        foreach (var (table, key) in new[] { ("jobs", "id"), ("events", "job_id") })
        {
            var columns = await ColumnsAsync(place, table);
            var sql =
                $"""
                 WITH RECURSIVE n(i) AS (SELECT CAST(@from AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < CAST(@to AS BIGINT))
                 INSERT INTO {table} ({string.Join(", ", columns)})
                 SELECT {string.Join(", ", columns.Select(c => own.TryGetValue(c, out var value) ? value : "t." + c))}
                 FROM n CROSS JOIN {table} t WHERE t.{key} = @first
                 """;
            for (var at = from; at < to; at += Rows)
            {
                await place.Database.WriteAsync(
                    session => session.Execute(sql, ("@from", (long)at), ("@to", (long)Math.Min(at + Rows, to)), ("@first", first.Hex)), durable: false, CancellationToken.None);
            }
        }
    }

    private static Task<List<string>> ColumnsAsync(ScalePlace place, string table) => place.Database.ReadAsync(
        session => session.Query(
                place.IsPostgres
                    ? $"SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = current_schema() ORDER BY ordinal_position"
                    : $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid",
                row => row.GetString(0))
            .FindAll(column => column != "seq"),
        CancellationToken.None);
}
