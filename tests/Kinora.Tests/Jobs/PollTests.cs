using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Looking at a job the provider has.</summary>
public sealed partial class PollTests : IAsyncLifetime
{
    private readonly Engine _engine = new(new CancellingFakeProvider());

    private CancellingFakeProvider Provider => (CancellingFakeProvider)_engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Check_Running_IsLookedAtAgainAtTheProvidersPace()
    {
        Provider.Check(new CheckOutcome.Running(0.4, "rendering", TimeSpan.FromSeconds(60)));
        var id = await RunningAsync();

        var next = await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Running);
        job.Progress.ShouldBe(0.4);
        (next - _engine.Clock.Now)!.Value.TotalSeconds.ShouldBeInRange(60, 66);
    }

    [Fact]
    public async Task Check_RunningForLong_IsLookedAtLessOften_AndNeverLaterThanATwentiethOfItsAge()
    {
        Provider.Check(new CheckOutcome.Running(null, "rendering"));
        var id = await RunningAsync();
        var sent = (await _engine.GetAsync(id)).SubmittedAt!.Value;
        var looks = 0;
        for (; _engine.Clock.Now - sent < TimeSpan.FromMinutes(20); looks++)
        {
            var pause = (await _engine.PassAsync())!.Value - _engine.Clock.Now;

            var age = _engine.Clock.Now - sent;
            var longest = Math.Min(30, Math.Max(5, age.TotalSeconds / 20)) * 1.1;
            pause.TotalSeconds.ShouldBeInRange(4.999, longest + 0.001, $"after {age}");
            _engine.Clock.Advance(pause);
        }

        // 240 at an even pace of five seconds.
        looks.ShouldBeInRange(60, 90);
    }

    [Fact]
    public async Task Check_ProgressGoingBackwards_IsNotTold()
    {
        var said = new Queue<double?>([0.3, 0.6, 0.2, null, 1.7, -4, double.NaN, 0.1]);
        Provider.OnCheck = (_, _, _) => Task.FromResult<CheckOutcome>(said.TryDequeue(out var p)
            ? new CheckOutcome.Running(p, "running")
            : new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]));
        var id = await RunningAsync();

        await _engine.RunAsync(id);

        var told = (await _engine.EventsAsync(id)).Select(e => e.Data.Progress).OfType<double>().ToList();
        told.ShouldBe([0.3, 0.6, 0.99, 1]);
        (await _engine.GetAsync(id)).Progress.ShouldBe(1);
    }

    [Fact]
    public async Task Check_Failed_KeepsCodeTextAndCharge()
    {
        Provider.Check(new CheckOutcome.Failed(ErrorCodes.ContentPolicy, "No foxes.", 0.02m));

        var job = await _engine.RunAsync(await RunningAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.ContentPolicy);
        job.ErrorText.ShouldBe("No foxes.");
        job.ChargedUsd.ShouldBe(0.02m);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(null)]
    [InlineData(1e20)]
    public async Task Check_ImpossibleOrMissingCharge_IsUnknown(double? cost)
    {
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }], (decimal?)cost));

        var job = await _engine.RunAsync(await RunningAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        job.ChargedUsd.ShouldBeNull();
    }

    [Fact]
    public async Task Check_FinishedWithoutResults_Fails()
    {
        Provider.Check(new CheckOutcome.Finished([], 0.5m));

        var job = await _engine.RunAsync(await RunningAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetMissing);
        job.ChargedUsd.ShouldBe(0.5m);
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("not allowed")]
    [InlineData("throws")]
    [InlineData("missing")]
    public async Task Check_AFewFaults_DoNotHurtTheJob(string fault)
    {
        var looks = 0;
        Provider.OnCheck = (_, _, _) => Task.FromResult<CheckOutcome>((++looks, fault) switch
        {
            ( > 5, _) => new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]),
            (_, "unreachable") => new CheckOutcome.Unreachable("503"),
            (_, "not allowed") => new CheckOutcome.NotAllowed("401."),
            (_, "missing") => new CheckOutcome.Missing("404"),
            _ => throw new InvalidOperationException("a bug"),
        });

        var job = await _engine.RunAsync(await RunningAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Check_UnreachableWithRetryAfter_WaitsAsToldUpToAQuarterOfAnHour()
    {
        var id = await RunningAsync();
        Provider.Check(new CheckOutcome.Unreachable("429", TimeSpan.FromSeconds(77)));
        ((await _engine.PassAsync())! - _engine.Clock.Now).Value.TotalSeconds.ShouldBeInRange(77, 85);
        _engine.Clock.Advance(TimeSpan.FromSeconds(85));
        Provider.Check(new CheckOutcome.Unreachable("429", TimeSpan.FromDays(9)));

        ((await _engine.PassAsync())! - _engine.Clock.Now).Value.TotalMinutes.ShouldBeInRange(15, 16.6);

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public async Task Check_MissingForHalfAnHour_IsLost()
    {
        Provider.Check(new CheckOutcome.Missing("404"));
        var id = await RunningAsync();

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.RemoteLost);
        job.RemoteId.ShouldBe("remote-" + id.Hex);
        job.ErrorText!.ShouldContain(job.RemoteId!);
        (job.EndedAt - job.SubmittedAt)!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30));
        Provider.Checks.Count.ShouldBeGreaterThanOrEqualTo(10);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Check_NoEndInTime_ExpiresAndCanBeReopened()
    {
        Provider.Check(new CheckOutcome.Running(null, "running", TimeSpan.FromMinutes(15)));
        var id = await RunningAsync();

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Expired);
        job.ErrorCode.ShouldBe(ErrorCodes.Expired);
        (job.EndedAt - job.SubmittedAt)!.Value.ShouldBeGreaterThan(Provider.Traits.Deadline);
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]));
        (await _engine.Store.ReopenAsync(id, "ann", "again", TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_RunningJob_IsStoppedAtTheProvider()
    {
        Provider.Check(new CheckOutcome.Running(null, "running"));
        var id = await RunningAsync();
        await _engine.Store.RequestCancelAsync(id, "ann", TestContext.Current.CancellationToken);

        await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Cancelled);
        job.ErrorCode.ShouldBe(ErrorCodes.Cancelled);
        Provider.Cancels.ShouldBe([id]);
    }

    [Fact]
    public async Task Cancel_TheProviderGoesOn_TheResultIsKept()
    {
        Provider.OnCancel = _ => Task.FromResult(false);
        var id = await RunningAsync();
        await _engine.Store.RequestCancelAsync(id, "ann", TestContext.Current.CancellationToken);

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Check_FinishedWithoutResultsAtANegativeCharge_ChargesNothing()
    {
        Provider.Check(new CheckOutcome.Finished([], -0.5m));

        (await _engine.RunAsync(await RunningAsync())).ChargedUsd.ShouldBeNull();
    }

    [Fact]
    public async Task Check_FailedAtAnImpossibleCharge_FailsAllTheSame()
    {
        Provider.Check(new CheckOutcome.Failed("x", "x", decimal.MaxValue));

        (await _engine.RunAsync(await RunningAsync())).ShouldSatisfyAllConditions(
            j => j.Status.ShouldBe(JobStatus.Failed), j => j.ChargedUsd.ShouldBeNull());
    }

    [Fact]
    public async Task Check_DeadlinePassedWhileTheProgramWasOff_TheResultIsStillTaken()
    {
        var id = await RunningAsync();
        _engine.Clock.Advance(TimeSpan.FromDays(2));

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("throws")]
    [InlineData("not allowed")]
    public async Task Check_NeverAUsableAnswer_ExpiresAfterTheDeadline(string fault)
    {
        Provider.OnCheck = (_, _, _) => Task.FromResult<CheckOutcome>(fault switch
        {
            "unreachable" => new CheckOutcome.Unreachable("503"),
            "not allowed" => new CheckOutcome.NotAllowed("401."),
            _ => throw new InvalidOperationException("a bug"),
        });

        (await _engine.RunAsync(await RunningAsync())).Status.ShouldBe(JobStatus.Expired);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_TheProvidersCancelFails_TheJobIsStillLookedAt(bool slowly)
    {
        Provider.OnCancel = _ => slowly ? throw new OperationCanceledException() : throw new HttpRequestException("down");
        var id = await RunningAsync();
        await _engine.Store.RequestCancelAsync(id, "ann", TestContext.Current.CancellationToken);

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Check_MissingAroundALongOutage_IsNotLostYet()
    {
        var id = await RunningAsync();
        Provider.Check(new CheckOutcome.Missing("404"));
        await _engine.RunAsync(id, mostPasses: 1);
        Provider.Check(new CheckOutcome.Unreachable("503"));
        await _engine.RunAsync(id, mostPasses: 20);
        (_engine.Clock.Now - (await _engine.GetAsync(id)).MissingSince!.Value).ShouldBeGreaterThan(RetryRules.MissingSpan);
        Provider.Check(new CheckOutcome.Missing("404"));
        await _engine.RunAsync(id, mostPasses: 3);

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Running);
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]));
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    private async Task<JobId> RunningAsync()
    {
        var id = await _engine.AddAsync();
        await _engine.PassAsync();
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Running);
        _engine.Clock.Advance(TimeSpan.FromSeconds(6));
        return id;
    }
}
