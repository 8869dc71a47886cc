using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;
using static Kinora.Tests.Jobs.RunnerScene;

namespace Kinora.Tests.Jobs;

/// <summary>A runner keeps the leases of the work it has, however long that takes and whatever fails meanwhile.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task Run_LongCheck_KeepsItsLeaseThroughHeartbeatsAndTellsProgress()
    {
        var release = new TaskCompletionSource();
        var provider = Quick(new FakeProvider());
        provider.OnCheck = async (_, progress, _) =>
        {
            progress.Report(0.5);
            await release.Task;
            return Done;
        };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await using var one = engine.StartRunner();
        await using var two = engine.StartRunner(engine.OpenStore());
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(provider.Checks.Count == 1);
        });

        for (var i = 0; i < 8; i++)
        {
            await UntilRenewedAsync(engine, id);
        }

        (await engine.GetAsync(id)).Progress.ShouldBe(0.5);
        release.SetResult();
        await engine.UntilAsync(id, JobStatus.Completed);
        provider.Checks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Run_ARenewalThatEndsAfterTheStep_DoesNotStopTheHeartbeat()
    {
        // Seen as: the answer "lost" reaches work that is disposed, the heartbeat dies, and every lease of the process runs out.
        var renewing = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var ended = new TaskCompletionSource<CheckOutcome>();
        var provider = Quick(new FakeProvider());
        provider.OnCheck = (_, _, _) => ended.Task;
        await using var engine = new Engine(provider);
        var store = new FaultyStore(engine.Store);
        store.OnRenew = _ =>
        {
            // Only the heartbeat's renewal hangs; the step's own look at its lease passes.
            return renewing.TrySetResult() ? goOn.Task : Task.CompletedTask;
        };
        var first = await engine.AddAsync();
        await using var runner = engine.StartRunner(store);
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(provider.Checks.Count == 1);
        });
        engine.Clock.Advance(TimeSpan.FromSeconds(12));
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(renewing.Task.IsCompleted);
        });
        ended.SetResult(Done);
        await engine.UntilAsync(first, JobStatus.Completed);
        await Engine.UntilAsync(() => Task.FromResult(runner.Runner.Active == 0));
        goOn.SetResult();
        store.OnRenew = null;

        await RenewedAsync(engine, provider);
        runner.Done.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_AStoreThatDoesNotAnswerForALease_EndsWhatTakesLong()
    {
        var provider = Quick(new FakeProvider());
        var ended = new TaskCompletionSource();
        provider.OnCheck = async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);
            return Done;
        };
        await using var engine = new Engine(provider);
        var never = new TaskCompletionSource();
        var store = new FaultyStore(engine.Store) { OnRenew = _ => provider.Checks.IsEmpty ? Task.CompletedTask : never.Task };
        await engine.AddAsync();
        await using var runner = engine.StartRunner(store);

        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(ended.Task.IsCompleted);
        });
        never.SetResult();
    }

    [Fact]
    public async Task Run_AStoreFaultInTheHeartbeat_DoesNotStopIt()
    {
        var provider = Quick(new FakeProvider());
        await using var engine = new Engine(provider);
        var failed = 0;
        var store = new FaultyStore(engine.Store);
        store.OnRenew = _ => ++failed <= 3 ? throw new InvalidOperationException("a broken connection") : Task.CompletedTask;
        await using var runner = engine.StartRunner(store);

        await RenewedAsync(engine, provider);

        failed.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Run_OneSlowRenewal_DoesNotHoldUpTheOthers()
    {
        var provider = Quick(new FakeProvider());
        var never = new TaskCompletionSource<CheckOutcome>();
        provider.OnCheck = (_, _, cancel) => never.Task.WaitAsync(cancel);
        await using var engine = new Engine(provider);
        var stuck = await engine.AddAsync();
        var other = await engine.AddAsync();
        var goOn = new TaskCompletionSource();
        var store = new FaultyStore(engine.Store) { OnRenew = lease => lease.Id == stuck ? goOn.Task : Task.CompletedTask };
        await using var runner = engine.StartRunner(store);
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(provider.Checks.Contains(stuck) && provider.Checks.Contains(other));
        });

        for (var i = 0; i < 2; i++)
        {
            await UntilRenewedAsync(engine, other);
        }

        goOn.SetResult();
    }

    /// <summary>Proves that the heartbeat lives: a new job's long check is renewed.</summary>
    private static async Task RenewedAsync(Engine engine, FakeProvider provider)
    {
        var never = new TaskCompletionSource<CheckOutcome>();
        provider.OnCheck = (_, _, cancel) => never.Task.WaitAsync(cancel);
        var before = provider.Checks.Count;
        var id = await engine.AddAsync();
        await UntilCheckedAsync(engine, before + 1);
        await UntilRenewedAsync(engine, id);
    }
}
