using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A request that surely did not go out, or was turned away: it may be sent again, within limits.</summary>
public sealed class NotSentTests : IAsyncLifetime
{
    private readonly Engine _engine = new();

    private FakeProvider Provider => _engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Submit_SurelyNotSent_IsTriedFourTimesWithGrowingPausesThenFails()
    {
        var sentAt = new List<DateTimeOffset>();
        Provider.OnSubmit = (_, _) =>
        {
            sentAt.Add(_engine.Clock.Now);
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotSent("connection refused"));
        };

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.ProviderUnreachable);
        sentAt.Count.ShouldBe(RetryRules.SubmitTries);
        sentAt.Zip(sentAt.Skip(1), (a, b) => b - a).ShouldBeInOrder();
    }

    [Fact]
    public async Task Submit_NotSentOnceThenAccepted_GoesOn()
    {
        var tries = 0;
        Provider.OnSubmit = (_, _) => Task.FromResult<SubmitOutcome>(
            ++tries == 1 ? new SubmitOutcome.NotSent("refused") : new SubmitOutcome.Accepted("remote"));

        (await _engine.RunAsync(await _engine.AddAsync())).Status.ShouldBe(JobStatus.Completed);

        tries.ShouldBe(2);
    }

    [Fact]
    public async Task Submit_ToldToWait_WaitsAsLongAsTold()
    {
        var sentAt = new List<DateTimeOffset>();
        Provider.OnSubmit = (_, _) =>
        {
            sentAt.Add(_engine.Clock.Now);
            return Task.FromResult<SubmitOutcome>(sentAt.Count < 8 ? new SubmitOutcome.NotSent("busy", TimeSpan.FromSeconds(40)) : new SubmitOutcome.Accepted("remote"));
        };

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        sentAt.Count.ShouldBe(8);
        sentAt.Zip(sentAt.Skip(1), (a, b) => (b - a).TotalSeconds).ShouldAllBe(pause => pause >= 40 && pause <= 44.1);
    }

    [Fact]
    public async Task Submit_ToldToWaitForEver_FailsAfterTheDeadline()
    {
        Provider.Submit(new SubmitOutcome.NotSent("busy", TimeSpan.FromDays(3)));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.ProviderUnreachable);
        (job.EndedAt!.Value - job.CreatedAt).ShouldBeInRange(Provider.Traits.Deadline, Provider.Traits.Deadline + TimeSpan.FromMinutes(17));
    }

    [Fact]
    public async Task Submit_CancelWantedWhileItWasTurnedAway_IsNotSentAgain()
    {
        Provider.OnSubmit = async (submission, _) =>
        {
            await _engine.Store.RequestCancelAsync(submission.JobId, "ann", TestContext.Current.CancellationToken);
            return new SubmitOutcome.NotSent("busy", TimeSpan.FromSeconds(1));
        };

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Cancelled);
        job.ErrorCode.ShouldBe(ErrorCodes.Cancelled);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_OursFailsForEver_FailsAfterTheDeadlineUnsent()
    {
        _engine.Assets.OnWorkFolder = _ => throw new IOException("broken");
        var id = await _engine.AddAsync();

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.JobSetAside);
        Provider.Submits.ShouldBeEmpty();
    }
}
