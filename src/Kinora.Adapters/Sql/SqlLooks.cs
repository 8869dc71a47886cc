using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Looks that found nothing new: nearly all that the engine writes while jobs run. Those that end while one commit is under way are written together by one
/// statement, so that a thousand of them cost a few.
/// </summary>
internal sealed class SqlLooks(ISqlDatabase database)
{
    private const int MostAtOnce = 1_000;

    private readonly Lock _lock = new();
    private List<Waiting> _waiting = [];
    private bool _writing;

    /// <summary>Whether an update says no more than when to look again.</summary>
    public static bool IsUneventful(JobUpdate update) =>
        SqlJobChanges.IsQuiet(update)
        && update is { KeepLease: false, Durable: false, Faults: 0, Strikes: null, MissingSince: null, Due: not null }
        && update is { RemoteId: null, RemoteData: null, Outputs: null, Warnings: null, ErrorCode: null, ErrorText: null };

    /// <returns>False: the lease was lost, nothing was written.</returns>
    public Task<bool> WriteAsync(JobUpdate look)
    {
        var waiting = new Waiting(look);
        lock (_lock)
        {
            _waiting.Add(waiting);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteAllAsync);
            }
        }

        return waiting.Result.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } looks)
        {
            await WriteAsync(looks);
        }
    }

    private List<Waiting> Take()
    {
        lock (_lock)
        {
            var taken = _waiting.Count <= MostAtOnce ? _waiting : _waiting[..MostAtOnce];
            _waiting = _waiting.Count <= MostAtOnce ? [] : _waiting[MostAtOnce..];
            _writing = taken.Count > 0;
            return taken;
        }
    }

    private async Task WriteAsync(List<Waiting> looks)
    {
        try
        {
            var written = await database.WriteAsync(session => Apply(session, looks), durable: false, CancellationToken.None, ordered: false);
            looks.ForEach(l => l.Result.SetResult(written.Contains(l.Look.Lease)));
        }
        catch (Exception fault)
        {
            // A commit that failed has failed for all of them; whoever looked tries again by the end of his lease.
            looks.ForEach(l => l.Result.SetException(fault));
        }
    }

    private HashSet<JobLease> Apply(SqlSession session, List<Waiting> looks)
    {
        var rows = looks.Select(l => l.Look).Select(l => new Row(l.Lease.Id.Hex, l.Lease.Fence, l.From.Word(), l.Now.Millis(), l.Due!.Value.Millis(), l.KnowsOfCancel ? 1 : 0)).ToList();
        return session.Query(
            $"""
             UPDATE jobs SET updated_at = looks.at, due_at = CASE WHEN jobs.cancel_requested = 1 AND looks.known = 0 THEN looks.at ELSE looks.due END, claims = 0, worker = NULL, faults = 0, strikes = 0, missing_since = NULL
             FROM ({database.Dialect.Looks}) AS looks WHERE jobs.id = looks.id AND jobs.fence = looks.fence AND jobs.status = looks.status
             RETURNING jobs.id, jobs.fence
             """,
            row => new JobLease(JobRow.Id(row.GetString(0)), row.GetInt64(1)),
            ("@looks", JsonSerializer.Serialize(rows, LooksJson.Default.ListRow))).ToHashSet();
    }

    /// <summary>As the statement reads it; see <see cref="SqlDialect.Looks"/>.</summary>
    /// <param name="Known">1: who looked began with the owner's wish to cancel.</param>
    internal sealed record Row(string Id, long Fence, string Status, long At, long Due, int Known);

    private sealed record Waiting(JobUpdate Look)
    {
        public TaskCompletionSource<bool> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<SqlLooks.Row>))]
internal sealed partial class LooksJson : JsonSerializerContext;
