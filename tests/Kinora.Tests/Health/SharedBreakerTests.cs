using Kinora.Errors;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>Several processes on one data folder, and a store that fails.</summary>
public sealed class SharedBreakerTests : IAsyncLifetime
{
    private static readonly ProviderSign Silence = new(false, "It was silent.");
    private static readonly ProviderSign Answer = new(true, null);

    private readonly Engine _engine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeProvider Provider => _engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task FaultsOfShortRuns_AddUp()
    {
        for (var i = 0; i < 5; i++)
        {
            var run = _engine.NewBreakers();
            await run.RefreshAsync(Cancel);
            await run.HeardAsync("fake", Silence, probe: false);
        }

        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task WhatOneFindsOut_TheOtherKnowsASecondLater()
    {
        var other = _engine.NewBreakers();
        await other.RefreshAsync(Cancel);
        await OpenAsync(_engine.Breakers);

        (await other.AskAsync(Provider)).May.ShouldBeTrue();
        _engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await other.RefreshAsync(Cancel);
        (await other.AskAsync(Provider)).ShouldSatisfyAllConditions(p => p.May.ShouldBeFalse(), p => p.FoundShut.ShouldBeTrue());
        await other.HeardAsync("fake", Answer, probe: false);
        _engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await _engine.Breakers.RefreshAsync(Cancel);
        (await _engine.Breakers.AskAsync(Provider)).May.ShouldBeTrue();
    }

    [Fact]
    public async Task OfManyProcesses_OneProbes()
    {
        await OpenAsync(_engine.Breakers);
        var all = Enumerable.Range(0, 10).Select(_ => _engine.NewBreakers()).ToList();
        foreach (var process in all)
        {
            await process.RefreshAsync(Cancel);
        }

        _engine.Clock.AdvanceTo((await HealthAsync()).Until!.Value);

        var passages = await Task.WhenAll(all.Select(p => Task.Run(async () => await p.AskAsync(Provider), Cancel)));

        passages.Count(p => p.May).ShouldBe(1);
        passages.Single(p => p.May).Probe.ShouldBeTrue();
    }

    [Fact]
    public async Task AProbeWhoseProcessDied_IsFollowedByAnother()
    {
        await OpenAsync(_engine.Breakers);
        _engine.Clock.AdvanceTo((await HealthAsync()).Until!.Value);
        (await _engine.Breakers.AskAsync(Provider)).Probe.ShouldBeTrue();

        (await _engine.Breakers.AskAsync(Provider)).ShouldSatisfyAllConditions(p => p.May.ShouldBeFalse(), p => p.FoundShut.ShouldBeFalse());
        _engine.Clock.Advance(Provider.Traits.SubmitTimeout + TimeSpan.FromSeconds(30));

        _engine.Breakers.Room("fake", 16).ShouldBe(1);
        (await _engine.Breakers.AskAsync(Provider)).Probe.ShouldBeTrue();
    }

    [Fact]
    public async Task ClockSetBack_DoesNotShutItForLong()
    {
        await OpenAsync(_engine.Breakers);
        _engine.Clock.Jump(TimeSpan.FromDays(-30));

        (await _engine.Breakers.AskAsync(Provider)).Probe.ShouldBeTrue();
    }

    [Fact]
    public async Task AStoreThatFails_HurtsNoJob()
    {
        var breakers = _engine.NewBreakers(new BrokenHealth());
        Provider.Submit(new SubmitOutcome.NotSent("connection refused"));
        for (var i = 0; i < 5; i++)
        {
            await StepAsync(await _engine.AddAsync(), breakers);
        }

        var held = await _engine.AddAsync();
        await StepAsync(held, breakers);
        (await _engine.GetAsync(held)).Reason.ShouldContain("not reachable at present");
        Provider.Submit(new SubmitOutcome.Accepted("remote"));
        _engine.Clock.Advance(TimeSpan.FromSeconds(30));
        await StepAsync(held, breakers);

        (await _engine.GetAsync(held)).RemoteId.ShouldBe("remote");
        Provider.Submits.Count(s => s == held).ShouldBe(1);
    }

    [Fact]
    public async Task TwoRunners_ThroughAnOutage_SendEveryJobThatArrivedOnce()
    {
        var down = true;
        var arrived = new System.Collections.Concurrent.ConcurrentQueue<JobId>();
        Provider.Traits = Provider.Traits with { MinPoll = TimeSpan.FromMilliseconds(100) };
        Provider.OnSubmit = (submission, _) =>
        {
            if (Volatile.Read(ref down))
            {
                return Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotSent("connection refused"));
            }

            arrived.Enqueue(submission.JobId);
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted("remote-" + submission.JobId.Hex));
        };
        var ids = new List<JobId>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await _engine.AddAsync());
        }

        await using var one = _engine.StartRunner();
        await using var two = _engine.StartRunner(_engine.OpenStore());
        await Engine.UntilAsync(async () => (await HealthAsync()).State == BreakerState.Open);
        Volatile.Write(ref down, false);
        await Engine.UntilAsync(async () =>
        {
            _engine.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return await _engine.Store.CountOpenAsync(Cancel) == 0;
        });

        arrived.ShouldBe(ids, ignoreOrder: true);
        (await HealthAsync()).State.ShouldBe(BreakerState.Closed);
    }

    private static async Task OpenAsync(CircuitBreakers breakers)
    {
        for (var i = 0; i < 5; i++)
        {
            await breakers.HeardAsync("fake", Silence, probe: false);
        }
    }

    private async Task<ProviderHealth> HealthAsync() => (await _engine.Breakers.ListAsync(Cancel)).Single();

    private async Task StepAsync(JobId id, CircuitBreakers breakers)
    {
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single(j => j.Id == id), breakers: breakers);
        await _engine.Steps.RunAsync(work);
    }

    private sealed class BrokenHealth : IHealthStore
    {
        public Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancel) => throw new KinoraException(ErrorCodes.DatabaseBusy, "Busy.");

        public Task<ProviderHealth> ChangeAsync(string provider, Func<ProviderHealth, ProviderHealth> change, CancellationToken cancel) =>
            throw new KinoraException(ErrorCodes.DatabaseBusy, "Busy.");
    }
}
