using Kinora.Health;
using Kinora.Jobs;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>The state machine alone.</summary>
public sealed class BreakerRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly BreakerRules _rules = new(new JobOptions(), new Random(7));

    [Fact]
    public void AfterFault_FourInARow_StaysClosed() => Faulty(4).ShouldSatisfyAllConditions(
        h => h.State.ShouldBe(BreakerState.Closed), h => h.Faults.ShouldBe(4), h => h.LastFault.ShouldBe("It was silent."));

    [Fact]
    public void AfterFault_FiveInARow_OpensForAboutThirtySeconds()
    {
        var health = Faulty(5);

        health.State.ShouldBe(BreakerState.Open);
        (health.Until - Now)!.Value.TotalSeconds.ShouldBeInRange(22.4, 30);
        health.IsShut(Now).ShouldBeTrue();
        health.IsShut(health.Until!.Value).ShouldBeFalse();
    }

    [Fact]
    public void AfterAnswer_InBetween_CountsFromTheBeginning() =>
        Fault(BreakerRules.AfterAnswer(Faulty(4), Now)).ShouldSatisfyAllConditions(h => h.State.ShouldBe(BreakerState.Closed), h => h.Faults.ShouldBe(1));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void AfterAnswer_Closes(int faults)
    {
        var health = BreakerRules.AfterAnswer(Faulty(faults), Now);

        health.State.ShouldBe(BreakerState.Closed);
        health.Faults.ShouldBe(0);
        health.LastFault.ShouldBeNull();
    }

    [Fact]
    public void AfterAnswer_AllWellBefore_ChangesNothing()
    {
        var well = new ProviderHealth("fake");

        BreakerRules.AfterAnswer(well, Now).ShouldBeSameAs(well);
    }

    [Fact]
    public void Probe_BeforeThePauseIsOver_IsNotGiven()
    {
        var open = Faulty(5);

        BreakerRules.Probe(open, Lease, open.Until!.Value.AddMilliseconds(-1)).ShouldBeSameAs(open);
    }

    [Fact]
    public void Probe_AfterThePause_IsGivenOnce()
    {
        var open = Faulty(5);

        var probed = BreakerRules.Probe(open, Lease, open.Until!.Value);

        probed.State.ShouldBe(BreakerState.HalfOpen);
        BreakerRules.Probe(probed, Lease, open.Until!.Value).ShouldBeSameAs(probed);
    }

    [Fact]
    public void Probe_OneThatNeverCameBack_IsFollowedByAnother()
    {
        var probed = Probed(Faulty(5));

        BreakerRules.Probe(probed, Lease, probed.Until!.Value).ShouldNotBeSameAs(probed);
    }

    [Fact]
    public void Release_LetsTheNextOneTryAtOnce()
    {
        var released = BreakerRules.Release(Probed(Faulty(5)), Now);

        released.IsShut(Now).ShouldBeFalse();
        BreakerRules.Probe(released, Lease, Now).ShouldNotBeSameAs(released);
    }

    [Fact]
    public void AfterFault_OfTheProbe_OpensTwiceAsLongUpToTenMinutes()
    {
        var health = Faulty(5);
        foreach (var most in (int[])[60, 120, 240, 480, 600, 600, 600])
        {
            var probed = Probed(health);
            health = _rules.AfterFault(probed, "It was silent.", probe: true, probed.Since);
            health.State.ShouldBe(BreakerState.Open);
            (health.Until - health.Since)!.Value.TotalSeconds.ShouldBeInRange((most * 0.75) - 0.001, most);
        }
    }

    [Fact]
    public void AfterFault_ALongOutage_StaysWithinTenMinutes() =>
        (_rules.AfterFault(Probed(Faulty(5)) with { Faults = int.MaxValue - 1 }, "x", probe: true, Now).Until - Now)!.Value.TotalMinutes.ShouldBeInRange(7.4, 10);

    [Fact]
    public void AfterFault_OfACallThatWasUnderWay_ChangesNothing()
    {
        var open = Faulty(5);
        var probed = Probed(open);

        Fault(open).ShouldBeSameAs(open);
        Fault(probed).ShouldBeSameAs(probed);
    }

    [Fact]
    public void IsShut_ClockSetBack_IsNotForEver() => Faulty(5).IsShut(Now.AddDays(-1)).ShouldBeFalse();

    [Fact]
    public void Sign_OfEveryOutcome_SpeaksAboutTheProviderOnly()
    {
        var asked = TimeSpan.FromSeconds(3);
        ProviderSign.Of(new SubmitOutcome.Accepted("1")).Answered.ShouldBeTrue();
        ProviderSign.Of(new SubmitOutcome.Finished("1", [])).Answered.ShouldBeTrue();
        ProviderSign.Of(new SubmitOutcome.NotSent("secret words")).Fault.ShouldNotBeNull();
        ProviderSign.Of(new SubmitOutcome.Unknown("secret words")).Fault!.ShouldNotContain("secret");
        SaysNothing(ProviderSign.Of(new SubmitOutcome.NotSent("busy", asked)));
        SaysNothing(ProviderSign.Of(new SubmitOutcome.NotSent("no file") { IsLocal = true }));
        SaysNothing(ProviderSign.Of(new SubmitOutcome.Refused("x", "x")));
        ProviderSign.Of(new CheckOutcome.Running(null, "x")).Answered.ShouldBeTrue();
        ProviderSign.Of(new CheckOutcome.Missing("x")).Answered.ShouldBeTrue();
        ProviderSign.Of(new CheckOutcome.Failed("x", "x")).Answered.ShouldBeTrue();
        ProviderSign.Of(new CheckOutcome.NotAllowed("x")).Answered.ShouldBeTrue();
        ProviderSign.Of(new CheckOutcome.Unreachable("x")).Fault.ShouldNotBeNull();
        SaysNothing(ProviderSign.Of(new CheckOutcome.Unreachable("busy", asked)));
        ProviderSign.Of(new OpenOutcome.Opened(Stream.Null, 0, 1)).Answered.ShouldBeTrue();
        ProviderSign.Of(new OpenOutcome.Gone("x")).Answered.ShouldBeTrue();
        ProviderSign.Of(new OpenOutcome.Unreachable("x")).Fault.ShouldNotBeNull();
        SaysNothing(ProviderSign.Of(new OpenOutcome.Unreachable("busy", asked)));
        SaysNothing(ProviderSign.Of(new OpenOutcome.Refused("x")));
    }

    private static void SaysNothing(ProviderSign sign) => sign.ShouldSatisfyAllConditions(s => s.Answered.ShouldBeFalse(), s => s.Fault.ShouldBeNull());

    private static ProviderHealth Probed(ProviderHealth open) => BreakerRules.Probe(open, Lease, open.Until!.Value);

    private ProviderHealth Fault(ProviderHealth before) => _rules.AfterFault(before, "It was silent.", probe: false, Now);

    private ProviderHealth Faulty(int faults) => Enumerable.Range(0, faults).Aggregate(new ProviderHealth("fake"), (health, _) => Fault(health));
}
