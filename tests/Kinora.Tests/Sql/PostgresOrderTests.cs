using System.Collections.Concurrent;
using Kinora.Adapters.Sql;
using Kinora.Budgets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>Two machines on one PostgreSQL database: what each of them may take for granted all the same.</summary>
public sealed class PostgresOrderTests : IAsyncDisposable
{
    private readonly PostgresScratch _scratch = new();
    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Fact]
    public async Task Events_OfParallelWriters_NeverAppearBehindAReader()
    {
        var nodes = await StoresAsync(2);
        var reader = await StoreAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await nodes[w % 2].CreateAsync(New(), Cancel);
                }
            },
            Cancel)));

        var seen = new List<long>();
        for (var last = false; ; last = writing.IsCompleted)
        {
            var events = await reader.EventsAfterAsync(seen.Count == 0 ? 0 : seen[^1], 10_000, Cancel);
            seen.AddRange(events.Select(e => e.Sequence));
            if (last && events.Count == 0)
            {
                break;
            }
        }

        await writing;
        seen.Count.ShouldBe(800);
        seen.ShouldBe(seen.Order());
    }

    [Fact]
    public async Task Budget_ParallelCreatesOnTwoMachines_IsKeptExactly()
    {
        var nodes = await StoresAsync(2);
        var limit = new SpendLimit(DailyUsd: 1, MonthlyUsd: null);

        // Of 40 owners each, one job on either machine: whoever looks before the other has committed makes both.
        var made = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => Task.Run(
            async () =>
            {
                try
                {
                    await nodes[i % 2].CreateAsync(new NewJob(TestJobs.New(_clock.Now, $"owner-{i / 2}"), null) { ReserveUsd = 1, Limits = [limit] }, Cancel);
                    return true;
                }
                catch (KinoraException full) when (full.Code == ErrorCodes.BudgetExceeded)
                {
                    return false;
                }
            },
            Cancel)));

        made.Count(m => m).ShouldBe(40);
        (await nodes[0].SpendByOwnerAsync(DateTimeOffset.UnixEpoch, Cancel)).ShouldAllBe(o => o.Spend.ReservedUsd == 1);
    }

    [Fact]
    public async Task Key_SentToTwoMachinesAtOnce_MakesOneJob()
    {
        var nodes = await StoresAsync(2);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => nodes[i % 2].CreateAsync(new NewJob(TestJobs.New(_clock.Now), "key"), Cancel), Cancel)));

        results.Count(r => !r.AlreadyThere).ShouldBe(1);
        results.Select(r => r.Job.Id).Distinct().Count().ShouldBe(1);
        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs")).ShouldBe(1L);
    }

    [Fact]
    public async Task Claims_TenThousandRaces_NeverGiveOneJobTwice()
    {
        var nodes = await StoresAsync(2);
        await _scratch.ExecuteAsync(
            """
            INSERT INTO jobs (id, owner, kind, provider, model, request, prompt, body_hash, status, created_at, updated_at, due_at)
            SELECT md5(i::text), 'ann', 'video', 'fake', 'fake/model', '{"prompt":"a fox"}', 'a fox', 'body', 'queued', 0, 0, 0 FROM generate_series(1, 10000) i
            """);
        var claimed = new ConcurrentBag<JobLease>();
        var rounds = 0;
        using var barrier = new Barrier(2, _ => rounds++);

        // Both want the same rows, the oldest, at the same moment, until there are none left.
        await Task.WhenAll(nodes.Select(node => Task.Factory.StartNew(
            () =>
            {
                while (claimed.Count < 10_000 && rounds < 1_000)
                {
                    barrier.SignalAndWait(Cancel);
                    var mine = node.ClaimAsync(
                        new ClaimRequest("worker", new Dictionary<string, int> { ["fake"] = 40 }, _clock.Now, _clock.Now.AddHours(1)), Cancel).GetAwaiter().GetResult();
                    foreach (var job in mine.Jobs)
                    {
                        claimed.Add(new JobLease(job.Id, job.Fence));
                    }

                    barrier.SignalAndWait(Cancel);
                }
            },
            Cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        claimed.Count.ShouldBe(10_000);
        claimed.Distinct().Count().ShouldBe(10_000);
        claimed.ShouldAllBe(lease => lease.Fence == 1);
    }

    [Fact]
    public async Task QuietChanges_DoNotWaitForWhatIsInOrder()
    {
        var nodes = await StoresAsync(2);
        var id = (await nodes[0].CreateAsync(New(), Cancel)).Job.Id;
        var first = _scratch.First;
        using var held = new ManualResetEventSlim();
        var holding = new TaskCompletionSource();
        var slow = first.WriteAsync(
            _ =>
            {
                holding.TrySetResult();
                return held.Wait(TimeSpan.FromSeconds(4), Cancel);
            },
            durable: false,
            Cancel);
        await holding.Task;

        var claimed = (await nodes[1].ClaimAsync(
            new ClaimRequest("worker", new Dictionary<string, int> { ["fake"] = 1 }, _clock.Now, _clock.Now.AddHours(1)), Cancel)).Jobs.Single();
        (await nodes[1].RenewAsync(new JobLease(id, claimed.Fence), _clock.Now.AddHours(2), null, Cancel)).ShouldBe(RenewResult.Held);

        slow.IsCompleted.ShouldBeFalse();
        held.Set();
        (await slow).ShouldBeTrue();
    }

    private NewJob New() => new(TestJobs.New(_clock.Now), null);

    private async Task<SqlJobStore> StoreAsync() => new(await _scratch.OpenAsync(), _clock);

    private async Task<SqlJobStore[]> StoresAsync(int count)
    {
        var stores = new List<SqlJobStore>();
        for (var i = 0; i < count; i++)
        {
            stores.Add(await StoreAsync());
        }

        return [.. stores];
    }
}
