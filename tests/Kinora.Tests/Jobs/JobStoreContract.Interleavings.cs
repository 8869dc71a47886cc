using System.Collections.Concurrent;
using Kinora.Events;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Whatever workers, owners and clocks do in whatever order, the log of every job stays a walk through the table of moves.</summary>
public abstract partial class JobStoreContract
{
    private static readonly JobStatus[] States = Enum.GetValues<JobStatus>();

    private readonly Dictionary<JobId, string> _keys = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task AnyOrder_OfCalls_KeepsTheInvariants(int seed)
    {
        var random = new Random(seed);
        var ids = await AddSomeAsync(4);
        var held = new List<Job>();
        var moves = new ConcurrentBag<JobId>();
        for (var step = 0; step < 400; step++)
        {
            if (random.Next(4) == 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
            }

            if (await ActAsync(Store, random, ids[random.Next(ids.Count)], held, moves) is { } wrote)
            {
                // Alone on the store: only the newest fence can have written.
                wrote.Fence.ShouldBe((await GetAnyAsync(wrote.Id)).Fence, $"seed {seed}, step {step}");
            }
        }

        await ShouldBeWalksAsync(ids, moves, seed);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task AnyOrder_FromManyThreadsAndTwoStores_KeepsTheInvariants(int seed)
    {
        IJobStore[] stores = [Store, await OpenAsync()];
        var ids = await AddSomeAsync(3);
        var moves = new ConcurrentBag<JobId>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(
            async () =>
            {
                var random = new Random(seed + (100 * worker));
                var held = new List<Job>();
                for (var step = 0; step < 150; step++)
                {
                    if (random.Next(4) == 0)
                    {
                        _clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
                    }

                    await ActAsync(stores[worker % 2], random, ids[random.Next(ids.Count)], held, moves);
                }
            },
            Cancel)));

        await ShouldBeWalksAsync(ids, moves, seed);
    }

    /// <summary>One random call. Returns the lease under which a write was taken.</summary>
    private async Task<JobLease?> ActAsync(IJobStore store, Random random, JobId id, List<Job> held, ConcurrentBag<JobId> moves)
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                held.AddRange((await ClaimAsync(store, random.Next(1, 3))).Jobs);
                return null;
            case 2 when held.Count > 0:
                var renewed = held[random.Next(held.Count)];
                await store.RenewAsync(new JobLease(renewed.Id, renewed.Fence), _clock.Now + Lease, random.NextDouble(), Cancel);
                return null;
            case 3 when random.Next(4) == 0:
                await store.RequestCancelAsync(id, "ann", Cancel);
                return null;
            case 4:
                await RecordAsync(store.RescueAsync(new JobRescue(id, "remote-" + random.Next(), null, "late"), Cancel), id, moves);
                return null;
            case 5:
                await RecordAsync(store.ReopenAsync(id, "ann", "again", Cancel), id, moves);
                return null;
            case 6 when random.Next(8) == 0:
                await store.DeleteAsync(id, "ann", Cancel);
                return null;
            default:
                return held.Count == 0 ? null : await WriteAsync(store, random, held, moves);
        }
    }

    private async Task<JobLease?> WriteAsync(IJobStore store, Random random, List<Job> held, ConcurrentBag<JobId> moves)
    {
        var at = random.Next(held.Count);
        var job = held[at];
        var ways = States.Where(to => to == job.Status ? !to.IsFinal() : JobMoves.IsAllowed(job.Status, to)).ToList();
        if (ways.Count == 0)
        {
            held.RemoveAt(at);
            return null;
        }

        var to = ways[random.Next(ways.Count)];
        var taken = await store.ApplyAsync(
            new JobUpdate
            {
                Lease = new JobLease(job.Id, job.Fence),
                From = job.Status,
                To = to,
                Now = _clock.Now,
                Due = _clock.Now + TimeSpan.FromSeconds(random.Next(30)),
                KeepLease = random.Next(2) == 0,
                Progress = random.NextDouble(),
                RemoteId = to == JobStatus.Running ? "remote" : null,
            },
            Cancel);
        if (!taken)
        {
            return null;
        }

        if (to != job.Status)
        {
            moves.Add(job.Id);
        }

        held[at] = job with { Status = to };
        return new JobLease(job.Id, job.Fence);
    }

    private static async Task RecordAsync(Task<bool> change, JobId id, ConcurrentBag<JobId> moves)
    {
        if (await change)
        {
            moves.Add(id);
        }
    }

    /// <summary>A cancel moves only a queued job, so it is counted by the event that nobody else writes.</summary>
    private static bool IsOwnersCancel(JobEvent e) => e.Data is { Status: "cancelled", ErrorCode: "cancelled" };

    private async Task ShouldBeWalksAsync(IReadOnlyList<JobId> ids, ConcurrentBag<JobId> moves, int seed)
    {
        foreach (var id in ids)
        {
            var events = await EventsAsync(id);
            var walk = events.Where(e => e.Data.Status is not null).Select(e => JobMoves.FromWord(e.Data.Status!)!.Value).ToList();
            walk[0].ShouldBe(JobStatus.Queued);
            foreach (var (from, to) in walk.Zip(walk.Skip(1)))
            {
                JobMoves.IsAllowed(from, to).ShouldBeTrue($"{from} to {to} (seed {seed})");
            }

            (await GetAnyAsync(id)).Status.ShouldBe(walk[^1]);
            (walk.Count - 1).ShouldBe(moves.Count(m => m == id) + events.Count(IsOwnersCancel), "every move that was told as taken, and no other, is in the log");
            events.Select(e => e.Data.Progress).OfType<double>().ShouldBeInOrder();
        }
    }

    private async Task<IReadOnlyList<JobId>> AddSomeAsync(int count)
    {
        var ids = new List<JobId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await Store.CreateAsync(new NewJob(NewJob(), "key-" + i), Cancel)).Job.Id);
            _keys[ids[^1]] = "key-" + i;
        }

        return ids;
    }

    /// <summary>Deleted ones too: their key still gives them back.</summary>
    private async Task<Job> GetAnyAsync(JobId id) => (await Store.CreateAsync(new NewJob(NewJob(), _keys[id]), Cancel)).Job;
}
