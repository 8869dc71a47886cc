using Kinora.Health;
using Kinora.Jobs;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>Creates whose fate is not known, beside the breaker: never sent again.</summary>
public sealed partial class CircuitBreakerTests
{
    [Fact]
    public async Task CreatesWithoutAClearAnswer_OpenIt_AndAreNeverSentAgain()
    {
        Provider.Submit(new SubmitOutcome.Unknown("no answer"));
        var ids = await AddAsync(5);
        await _engine.PassAsync();
        (await HealthAsync()).State.ShouldBe(BreakerState.Open);

        _engine.Clock.Advance(TimeSpan.FromDays(1));
        await _engine.PassAsync();

        foreach (var id in ids)
        {
            (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.SubmissionUnknown);
        }

        Provider.Submits.Count.ShouldBe(5);
    }

    [Fact]
    public async Task LookingUpAnUnknownCreate_WaitsToo_AndKeepsWhatHappened()
    {
        Asking.Submit(new SubmitOutcome.Unknown("the connection broke"));
        var ids = await AddAsync(5, "asks");
        await _engine.PassAsync();
        (await HealthAsync("asks")).State.ShouldBe(BreakerState.Open);
        var asked = 0;
        Asking.OnFind = (_, _) => Task.FromResult<FindOutcome>(new FindOutcome.Found((++asked).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await _engine.PassAsync();
        asked.ShouldBe(0);
        (await _engine.GetAsync(ids[0])).ShouldSatisfyAllConditions(j => j.Status.ShouldBe(JobStatus.Submitting), j => j.Reason.ShouldContain("the connection broke"));

        foreach (var id in ids)
        {
            (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        }

        Asking.Submits.Count.ShouldBe(5);
    }

    [Fact]
    public async Task AnUnansweredCreateOfAProbe_IsNotSentAgainEither()
    {
        await OpenAsync();
        var id = await _engine.AddAsync();
        await _engine.PassAsync();
        _engine.Clock.AdvanceTo((await HealthAsync()).Until!.Value);
        Provider.Submit(new SubmitOutcome.Unknown("no answer"));
        await OnlyAsync(id);

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.SubmissionUnknown);
        (await HealthAsync()).State.ShouldBe(BreakerState.Open);
        _engine.Clock.Advance(TimeSpan.FromDays(1));
        await _engine.PassAsync();
        Provider.Submits.Count(s => s == id).ShouldBe(1);
    }

    [Fact]
    public async Task ASlowAnswerFromBefore_ClosesIt()
    {
        var answer = new TaskCompletionSource<SubmitOutcome>();
        Provider.OnSubmit = (_, _) => answer.Task;
        var slow = await _engine.AddAsync();
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single());
        var submitting = _engine.Steps.RunAsync(work);
        await _engine.UntilAsync(slow, JobStatus.Submitting);
        await OpenAsync();

        answer.SetResult(new SubmitOutcome.Accepted("late"));
        await submitting;

        (await HealthAsync()).State.ShouldBe(BreakerState.Closed);
    }
}
