using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A request whose answer comes late, never, or when it cannot be written down: what was paid for is not lost, and nothing is sent again.</summary>
public sealed class LateAnswerTests : IAsyncLifetime
{
    private readonly Engine _engine = new();

    private FakeProvider Provider => _engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Submit_NoAnswerInTime_IsUnknown()
    {
        Provider.Traits = Provider.Traits with { SubmitTimeout = TimeSpan.FromMilliseconds(50) };
        Provider.OnSubmit = async (_, deadline) =>
        {
            await Task.Delay(Timeout.Infinite, deadline);
            return new SubmitOutcome.Unknown("");
        };

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_ProviderThatIgnoresItsDeadline_IsUnknownUntilItsAnswerComes()
    {
        Provider.Traits = Provider.Traits with { SubmitTimeout = TimeSpan.FromMilliseconds(50) };
        var answer = new TaskCompletionSource<SubmitOutcome>();
        Provider.OnSubmit = (_, _) => answer.Task;
        var id = await _engine.AddAsync();

        await _engine.PassAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.SubmissionUnknown);
        answer.SetResult(new SubmitOutcome.Accepted("late"));
        await _engine.UntilAsync(id, job => job.RemoteId == "late" && job.Status == JobStatus.Running);
    }

    [Fact]
    public async Task Submit_PicturesThatComeAfterTheDeadline_AreWhereOtherMachinesFindThem()
    {
        Provider.Traits = Provider.Traits with { SubmitTimeout = TimeSpan.FromMilliseconds(50) };
        var answer = new TaskCompletionSource<SubmitOutcome>();
        Provider.OnSubmit = (_, _) => answer.Task;
        var id = await _engine.AddAsync(new GenerationRequest { Kind = MediaKind.Image, Prompt = "a fox" });
        await _engine.PassAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        answer.SetResult(new SubmitOutcome.Finished("late", [new RemoteOutput { Kind = MediaKind.Image, Inline = "a picture"u8.ToArray() }]));

        await _engine.UntilAsync(id, job => job.RemoteId == "late" && job.Status == JobStatus.Running);
        _engine.Assets.Shared.ShouldHaveSingleItem().Value.ShouldBe("a picture"u8.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_AnswerAfterTheLeaseWasLost_IsRescued(bool calledUnknownMeanwhile)
    {
        var answer = new TaskCompletionSource<SubmitOutcome>();
        Provider.OnSubmit = (_, _) => answer.Task;
        var id = await _engine.AddAsync();
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single());
        var submitting = _engine.Steps.RunAsync(work);
        await _engine.UntilAsync(id, JobStatus.Submitting);
        _engine.Clock.Advance(Engine.Lease * 2);
        if (calledUnknownMeanwhile)
        {
            await _engine.PassAsync();
            (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.SubmissionUnknown);
        }
        else
        {
            await _engine.ClaimAsync();
        }

        answer.SetResult(new SubmitOutcome.Accepted("late", "data"));
        await submitting;

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Running);
        job.RemoteId.ShouldBe("late");
        job.RemoteData.ShouldBe("data");
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_TheStoreFailsWhenTheAnswerIsHere_TheRemoteIdIsNotLost(bool finished)
    {
        var store = new FaultyStore(_engine.Store);
        var failing = 3;
        store.OnApply = update =>
        {
            if (update.From == JobStatus.Submitting && failing-- > 0)
            {
                throw new KinoraException(ErrorCodes.StorageFull, "Full.");
            }
        };
        Provider.Submit(finished
            ? new SubmitOutcome.Finished("remote", [new RemoteOutput { Inline = "a video"u8.ToArray() }])
            : new SubmitOutcome.Accepted("remote"));
        var id = await _engine.AddAsync();
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single(), store);

        await _engine.NewSteps(store).RunAsync(work);

        var job = await _engine.GetAsync(id);
        job.RemoteId.ShouldBe("remote");
        job.Status.ShouldBe(finished ? JobStatus.Completed : JobStatus.Running);
        failing.ShouldBeLessThan(0);
    }

    /// <summary>A clear no is worth as much: forgotten, the job would be of unknown fate.</summary>
    [Theory]
    [InlineData("refused", JobStatus.Failed)]
    [InlineData("not sent", JobStatus.Queued)]
    [InlineData("not allowed", JobStatus.Queued)]
    public async Task Submit_TheStoreFailsWhenANoIsHere_ItIsNotForgotten(string answer, JobStatus status)
    {
        var store = new FaultyStore(_engine.Store);
        var failing = 3;
        store.OnApply = update =>
        {
            if (update.From == JobStatus.Submitting && failing-- > 0)
            {
                throw new KinoraException(ErrorCodes.DatabaseBusy, "Busy.");
            }
        };
        Provider.Submit(answer switch
        {
            "refused" => new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "No."),
            "not sent" => new SubmitOutcome.NotSent("Wait.", TimeSpan.FromSeconds(40)),
            _ => new SubmitOutcome.NotAllowed("Not this key."),
        });
        var id = await _engine.AddAsync();
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single(), store);

        await _engine.NewSteps(store).RunAsync(work);

        (await _engine.GetAsync(id)).Status.ShouldBe(status);
        failing.ShouldBeLessThan(0);
    }
}
