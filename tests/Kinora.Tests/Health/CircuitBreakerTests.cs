using Kinora.Errors;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>What a provider that answers nobody means for its jobs. Whatever happens, no create is sent twice that may have arrived.</summary>
public sealed partial class CircuitBreakerTests : IAsyncLifetime
{
    private static readonly SubmitOutcome NotSent = new SubmitOutcome.NotSent("connection refused");
    private static readonly CheckOutcome Silent = new CheckOutcome.Unreachable("no answer");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeProvider Other => _engine.All[1];

    private ReconcilingFakeProvider Asking => (ReconcilingFakeProvider)_engine.All[2];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task FiveFaultsInARow_OpenIt_AndNothingIsSentUntilThePauseIsOver()
    {
        Provider.Submit(NotSent);
        await AddAsync(5);
        await _engine.PassAsync();
        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
        var id = await _engine.AddAsync();

        await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        Provider.Submits.ShouldNotContain(id);
        job.Status.ShouldBe(JobStatus.Queued);
        job.Faults.ShouldBe(0);
        var until = (await HealthAsync()).Until!.Value;
        job.Reason.ShouldBe($"fake is not reachable at present. Nothing was sent yet; it is tried again at {until:HH:mm:ss} UTC.");
    }

    [Fact]
    public async Task FourFaults_DoNotOpenIt()
    {
        Provider.Submit(NotSent);
        await AddAsync(4);
        await _engine.PassAsync();

        (await HealthAsync()).ShouldSatisfyAllConditions(h => h.State.ShouldBe(BreakerState.Closed), h => h.Faults.ShouldBe(4));
        await _engine.AddAsync();
        await _engine.PassAsync();
        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task AnAnswerInBetween_StartsTheCountAnew()
    {
        Provider.Submit(NotSent);
        await AddAsync(4);
        await _engine.PassAsync();
        Provider.Submit(new SubmitOutcome.Accepted("1"));
        await _engine.AddAsync();
        await _engine.PassAsync();

        (await HealthAsync()).Faults.ShouldBe(0);
    }

    [Fact]
    public async Task TheProbe_IsOneJob_AndItsSuccessLetsAllGo()
    {
        await OpenAsync();
        var ids = await AddAsync(6);
        await _engine.PassAsync();
        _engine.Clock.AdvanceTo((await HealthAsync()).Until!.Value);
        var (before, seenWhileOut) = (Provider.Submits.Count, 0);
        Provider.OnSubmit = async (submission, _) =>
        {
            if (Provider.Submits.Count == before + 1)
            {
                // Others that come along while the probe is out are not let through.
                foreach (var other in (await _engine.ClaimAsync()).Jobs.Take(2))
                {
                    using var work = _engine.Work(other);
                    await _engine.Steps.RunAsync(work);
                }

                seenWhileOut = Provider.Submits.Count - before;
                _engine.Breakers.Room("fake", 16).ShouldBe(0);
            }

            return new SubmitOutcome.Accepted("remote-" + submission.JobId.Hex);
        };

        using (var probe = _engine.Work((await _engine.ClaimAsync()).Jobs.First(j => ids.Contains(j.Id))))
        {
            await _engine.Steps.RunAsync(probe);
        }

        seenWhileOut.ShouldBe(1);
        (await HealthAsync()).State.ShouldBe(BreakerState.Closed);
        _engine.Breakers.Room("fake", 16).ShouldBe(16);
        foreach (var id in ids)
        {
            (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
            Provider.Submits.Count(s => s == id).ShouldBe(1);
        }
    }

    [Fact]
    public async Task AFailedProbe_OpensLonger_AndIsHeldAgainstNoJob()
    {
        Provider.Submit(NotSent);
        await OpenAsync();
        var ids = await AddAsync(3);
        await _engine.PassAsync();
        var first = await HealthAsync();
        var before = Provider.Submits.Count;
        _engine.Clock.AdvanceTo(first.Until!.Value);

        await _engine.PassAsync();

        var second = await HealthAsync();
        second.State.ShouldBe(BreakerState.Open);
        (second.Until - second.Since).ShouldNotBeNull().TotalSeconds.ShouldBeInRange(44.9, 60);
        Provider.Submits.Count.ShouldBe(before + 1);
        var faults = new List<int>();
        foreach (var id in ids)
        {
            faults.Add((await _engine.GetAsync(id)).Faults);
        }

        faults.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public async Task ALongOutage_ThenAnAnswer_EveryJobIsMadeOnce()
    {
        Provider.Submit(NotSent);
        var ids = await AddAsync(10);
        for (var i = 0; i < 30; i++)
        {
            _engine.Clock.AdvanceTo((await _engine.PassAsync())!.Value);
        }

        Provider.OnSubmit = (submission, _) => Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted("remote-" + submission.JobId.Hex));
        var sent = Provider.Submits.Count;
        foreach (var id in ids)
        {
            (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        }

        Provider.Submits.Skip(sent).ShouldBe(ids, ignoreOrder: true);
        (await HealthAsync()).State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task AnotherProvider_IsNotConcerned()
    {
        await OpenAsync();
        var id = await _engine.AddAsync("other");

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);

        Other.Submits.Count.ShouldBe(1);
        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
        (await HealthAsync("other")).State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task PausesAProviderAsksFor_AreNoFaults()
    {
        Provider.Submit(new SubmitOutcome.NotSent("busy", TimeSpan.FromSeconds(20)));
        await AddAsync(20);
        await _engine.PassAsync();

        (await HealthAsync()).ShouldBe(new ProviderHealth("fake"));
    }

    [Fact]
    public async Task FaultsOfJobs_AreNoFaultsOfTheProvider()
    {
        Provider.Check(new CheckOutcome.Missing("404"));
        await AddAsync(8);
        await _engine.PassAsync();
        _engine.Clock.Advance(TimeSpan.FromSeconds(6));
        await _engine.PassAsync();
        Provider.Submit(new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "No foxes."));
        await AddAsync(8);
        await _engine.PassAsync();

        (await HealthAsync()).State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task AProbeThatAsksNothing_MakesRoomForTheNext()
    {
        await OpenAsync();
        var source = await _engine.AddAsync("other");
        await _engine.RunAsync(source);
        var id = await _engine.AddAsync(new() { Prompt = "at night", Operation = Kinora.Generation.Operation.Remix, Source = source });
        await _engine.Store.DeleteAsync(source, "ann", Cancel);
        _engine.Clock.AdvanceTo((await HealthAsync()).Until!.Value);

        await OnlyAsync(id);

        (await _engine.GetAsync(id)).ErrorCode.ShouldBe(ErrorCodes.AssetMissing);
        var health = await HealthAsync();
        health.State.ShouldBe(BreakerState.HalfOpen);
        health.IsShut(_engine.Clock.Now).ShouldBeFalse();
    }

    /// <summary>As five faulty calls of other jobs do.</summary>
    private async Task OpenAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            await _engine.Breakers.HeardAsync("fake", new ProviderSign(false, "It was silent."), probe: false);
        }

        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
    }

    private async Task<List<JobId>> AddAsync(int count, string provider = "fake")
    {
        var ids = new List<JobId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await _engine.AddAsync(provider));
        }

        return ids;
    }

    private async Task<JobId> RunningAsync()
    {
        var id = await _engine.AddAsync();
        await OnlyAsync(id);
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Running);
        _engine.Clock.Advance(TimeSpan.FromSeconds(6));
        return id;
    }

    /// <summary>One step of one job; the others that are due wait for their leases to end.</summary>
    private async Task OnlyAsync(JobId id)
    {
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single(j => j.Id == id));
        await _engine.Steps.RunAsync(work);
    }

    private async Task<ProviderHealth> HealthAsync(string provider = "fake") =>
        (await _engine.Breakers.ListAsync(Cancel)).Single(h => h.Provider == provider);

    /// <summary>As if a probe had just failed.</summary>
    private Task ReopenAsync() => SetAsync(
        new ProviderHealth("fake") { State = BreakerState.Open, Faults = 9, Since = _engine.Clock.Now, Until = _engine.Clock.Now.AddMinutes(10) });

    private async Task SetAsync(ProviderHealth health)
    {
        await _engine.Health.ChangeAsync(health.Provider, _ => health, Cancel);
        _engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await _engine.Breakers.RefreshAsync(Cancel);
    }
}
