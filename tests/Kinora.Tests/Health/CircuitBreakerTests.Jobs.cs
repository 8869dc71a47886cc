using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>What a shut breaker means for jobs in each state: they wait, and end at their own deadlines.</summary>
public sealed partial class CircuitBreakerTests
{
    private readonly Engine _engine = new(new CancellingFakeProvider(), new FakeProvider("other"), new ReconcilingFakeProvider("asks"));

    private CancellingFakeProvider Provider => (CancellingFakeProvider)_engine.Provider;

    [Fact]
    public async Task AHeldJob_IsDueWhenThePauseIsOver()
    {
        await OpenAsync();
        await _engine.AddAsync();

        (await _engine.PassAsync()).ShouldBe((await HealthAsync()).Until);
    }

    [Fact]
    public async Task AQueuedJob_StillEndsAtItsDeadline_Unsent()
    {
        await OpenAsync();
        var id = await _engine.AddAsync();
        await _engine.PassAsync();
        _engine.Clock.Advance(Provider.Traits.Deadline - TimeSpan.FromMinutes(1));
        await ReopenAsync();

        // Due at the deadline, not at the end of the pause.
        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.ProviderUnreachable);
        job.ErrorText!.ShouldContain("nothing was charged");
        Provider.Submits.ShouldNotContain(id);
        (job.EndedAt - job.CreatedAt)!.Value.ShouldBeInRange(Provider.Traits.Deadline, Provider.Traits.Deadline + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task AJobWhoseDeadlineFallsIntoThePause_IsDueAtTheDeadline()
    {
        var id = await _engine.AddAsync();
        Provider.Traits = Provider.Traits with { Deadline = TimeSpan.FromMinutes(3) };
        await ReopenAsync();

        (await _engine.PassAsync()).ShouldBe((await _engine.GetAsync(id)).CreatedAt + TimeSpan.FromMinutes(3) + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task ARunningJob_WaitsAndIsThenFound()
    {
        var id = await RunningAsync();
        await OpenAsync();
        _engine.Clock.Advance(TimeSpan.FromSeconds(6));
        await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Running);
        job.Faults.ShouldBe(0);
        job.Reason.ShouldContain("not reachable at present. The job there goes on; it is looked at again at");
        Provider.Checks.ShouldBeEmpty();
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count(s => s == id).ShouldBe(1);
    }

    [Fact]
    public async Task ARunningJob_ExpiresAtItsDeadline_AndCanBeLookedAtAgain()
    {
        var id = await RunningAsync();
        Provider.Check(Silent);

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Expired);
        (job.EndedAt - job.SubmittedAt)!.Value.ShouldBeInRange(Provider.Traits.Deadline, Provider.Traits.Deadline + TimeSpan.FromMinutes(1));
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]));
        await _engine.Store.ReopenAsync(id, "ann", "again", Cancel);
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task ARunningJobAfterTheProgramWasOff_IsLookedAtBeforeItExpires()
    {
        var ids = new[] { await RunningAsync(), await RunningAsync(), await RunningAsync() };
        await OpenAsync();
        _engine.Clock.Advance(TimeSpan.FromDays(2));

        foreach (var id in ids)
        {
            (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        }
    }

    [Fact]
    public async Task AResult_WaitsForItsProvider_AndIsNotGivenUp()
    {
        Provider.Open(new OpenOutcome.Unreachable("503"));
        var id = await RunningAsync();
        await _engine.PassAsync();
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReopenAsync();
        var opens = Provider.Opens.Count;
        await _engine.PassAsync();

        Provider.Opens.Count.ShouldBe(opens);
        (await _engine.GetAsync(id)).Reason.ShouldContain("not reachable at present. The result is fetched at");
        Provider.Open(new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7));
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task AResultThatIsHereAlready_DoesNotWait()
    {
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { Inline = "a video"u8.ToArray() }]));
        _engine.Assets.Free = 0;
        _engine.Assets.OnAdopt = _ => throw new KinoraException(ErrorCodes.StorageFull, "No room.");
        var id = await RunningAsync();
        await _engine.PassAsync();
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);
        await OpenAsync();
        _engine.Assets.OnAdopt = null;
        _engine.Clock.Advance(TimeSpan.FromSeconds(16));
        await _engine.PassAsync();

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task CancellingAQueuedJob_WorksAtOnce()
    {
        await OpenAsync();
        var id = await _engine.AddAsync();
        await _engine.PassAsync();

        (await _engine.Store.RequestCancelAsync(id, "ann", Cancel)).ShouldBeTrue();

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Cancelled);
        await _engine.PassAsync();
        Provider.Submits.ShouldNotContain(id);
    }

    [Fact]
    public async Task CancellingARunningJob_IsTriedAtOnce()
    {
        var id = await RunningAsync();
        await OpenAsync();
        await _engine.Store.RequestCancelAsync(id, "ann", Cancel);

        await _engine.PassAsync();

        Provider.Cancels.ShouldBe([id]);
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Cancelled);
    }
}
