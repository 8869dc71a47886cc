using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>The one request that costs money: what becomes of a job for every way it can end.</summary>
public sealed partial class SubmitTests : IAsyncLifetime
{
    private readonly Engine _engine = new(new FakeProvider(), new ReconcilingFakeProvider("asks"));

    private FakeProvider Provider => _engine.Provider;

    private ReconcilingFakeProvider Asking => (ReconcilingFakeProvider)_engine.All[1];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Submit_Accepted_RunsWithTheRemoteId()
    {
        Provider.Submit(new SubmitOutcome.Accepted("remote", "data", TimeSpan.FromSeconds(20)));
        var id = await _engine.AddAsync();

        var next = await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Running);
        job.RemoteId.ShouldBe("remote");
        job.RemoteData.ShouldBe("data");
        job.SubmittedAt.ShouldBe(_engine.Clock.Now);
        (next - _engine.Clock.Now)!.Value.TotalSeconds.ShouldBeInRange(20, 22);
    }

    [Fact]
    public async Task Submit_TheIntent_IsStoredBeforeItIsSent()
    {
        JobStatus? seen = null;
        Provider.OnSubmit = async (submission, _) =>
        {
            seen = (await _engine.GetAsync(submission.JobId)).Status;
            return new SubmitOutcome.Accepted("remote");
        };
        await _engine.AddAsync();

        await _engine.PassAsync();

        seen.ShouldBe(JobStatus.Submitting);
    }

    [Fact]
    public async Task Submit_FinishedAtOnce_IsCollectedInTheSameStep()
    {
        Provider.Submit(new SubmitOutcome.Finished("remote", [new RemoteOutput { Kind = MediaKind.Image, Inline = "a picture"u8.ToArray() }], 0.04m));
        var id = await _engine.AddAsync();

        await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Completed);
        job.RemoteId.ShouldBe("remote");
        job.ChargedUsd.ShouldBe(0.04m);
        (await File.ReadAllTextAsync(_engine.Assets.PathOf(job.Assets.Single()), TestContext.Current.CancellationToken)).ShouldBe("a picture");
    }

    [Fact]
    public async Task Submit_Refused_FailsWithTheProvidersWords()
    {
        Provider.Submit(new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "No foxes."));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.ContentPolicy);
        job.ErrorText.ShouldBe("No foxes.");
        job.ChargedUsd.ShouldBeNull();
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_Unknown_IsNeverSentAgain()
    {
        Provider.Submit(new SubmitOutcome.Unknown("the connection broke"));
        var id = await _engine.AddAsync();

        var job = await _engine.RunAsync(id);
        _engine.Clock.Advance(TimeSpan.FromDays(1));
        await _engine.PassAsync();

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        job.ErrorCode.ShouldBe(ErrorCodes.SubmissionUnknown);
        job.ErrorText!.ShouldContain("the connection broke");
        Provider.Submits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(NullReferenceException))]
    public async Task Submit_Throws_IsUnknown(Type fault)
    {
        Provider.OnSubmit = (_, _) => throw (Exception)Activator.CreateInstance(fault)!;

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        Provider.Submits.Count.ShouldBe(1);
    }

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

    // After a crash between the intent and the answer.

    [Fact]
    public async Task Reconcile_NobodyCanBeAsked_IsUnknown()
    {
        var id = await LeftInSubmittingAsync("fake");

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reconcile_RepeatableSubmission_IsSentAgain()
    {
        Provider.Traits = Provider.Traits with { RepeatableSubmit = true };
        var id = await LeftInSubmittingAsync("fake");

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reconcile_FoundAtTheProvider_RunsOnWithThatId()
    {
        Asking.OnFind = (submission, _) => Task.FromResult<string?>("found-" + submission.JobId.Hex);
        var id = await LeftInSubmittingAsync("asks");

        await _engine.PassAsync();

        var job = await _engine.GetAsync(id);
        job.Status.ShouldBe(JobStatus.Running);
        job.RemoteId.ShouldBe("found-" + id.Hex);
        Asking.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reconcile_NotFound_IsUnknown()
    {
        var id = await LeftInSubmittingAsync("asks");

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.SubmissionUnknown);

        Asking.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reconcile_RemoteIdsOfOtherJobs_AreTold()
    {
        Asking.Submit(new SubmitOutcome.Accepted("taken"));
        Asking.Check(new CheckOutcome.Running(null, "running"));
        await _engine.AddAsync("asks");
        await _engine.PassAsync();
        var owned = new List<bool>();
        Asking.OnFind = async (_, isOwned) =>
        {
            owned.AddRange([await isOwned("taken"), await isOwned("free")]);
            return null;
        };

        await _engine.RunAsync(await LeftInSubmittingAsync("asks"));

        owned.Take(2).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Unknown_WhereTheProviderCanBeAsked_IsLookedUpAndRunsOn()
    {
        Asking.Submit(new SubmitOutcome.Unknown("the connection broke"));
        var asked = 0;
        Asking.OnFind = (_, _) => Task.FromResult(++asked < 2 ? null : "found");

        var job = await _engine.RunAsync(await _engine.AddAsync("asks"));

        job.Status.ShouldBe(JobStatus.Completed);
        job.RemoteId.ShouldBe("found");
        Asking.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_NotToBeFound_StaysUnknownAndSaysWhatHappened()
    {
        Asking.Submit(new SubmitOutcome.Unknown("the connection broke"));

        var job = await _engine.RunAsync(await _engine.AddAsync("asks"));

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        job.ErrorText!.ShouldContain("the connection broke");
        Asking.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reconcile_TheProviderDoesNotAnswer_IsAskedAgain()
    {
        var asked = 0;
        Asking.OnFind = (_, _) => ++asked < 3 ? throw new HttpRequestException("down") : Task.FromResult<string?>("found");
        var id = await LeftInSubmittingAsync("asks");

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed);
        asked.ShouldBe(3);
        Asking.Submits.ShouldBeEmpty();
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
    public async Task Submit_SourceDeletedMeanwhile_FailsBeforeAnythingIsSent()
    {
        var source = await _engine.AddAsync();
        (await _engine.RunAsync(source)).Status.ShouldBe(JobStatus.Completed);
        var id = await _engine.AddAsync(new GenerationRequest { Prompt = "and now at night", Operation = Operation.Remix, Source = source });
        await _engine.Store.DeleteAsync(source, "ann", TestContext.Current.CancellationToken);

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetMissing);
        Provider.Submits.ShouldNotContain(id);
    }

    [Fact]
    public async Task Submit_Remix_IsGivenItsSourceAndAllPrompts()
    {
        var first = await _engine.AddAsync(prompt: "one");
        await _engine.RunAsync(first);
        var second = await _engine.AddAsync(new GenerationRequest { Prompt = "two", Operation = Operation.Remix, Source = first });
        await _engine.RunAsync(second);
        Submission? sent = null;
        Provider.OnSubmit = (submission, _) =>
        {
            sent = submission;
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted("third"));
        };

        await _engine.RunAsync(await _engine.AddAsync(new GenerationRequest { Prompt = "three", Operation = Operation.Remix, Source = second }));

        sent!.Source!.JobId.ShouldBe(second);
        sent.Source.Prompts.ShouldBe(["one", "two"]);
        sent.ModelName.ShouldBe("model");
        File.Exists(sent.Source.FilePath).ShouldBeTrue();
    }

    [Fact]
    public async Task Reconcile_TheProviderNeverAnswers_IsUnknownAfterTheDeadline()
    {
        Asking.OnFind = (_, _) => throw new HttpRequestException("down");
        var id = await LeftInSubmittingAsync("asks");

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        (job.EndedAt - job.SubmittedAt)!.Value.ShouldBeGreaterThan(Asking.Traits.Deadline);
        Asking.Submits.ShouldBeEmpty();
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

    /// <summary>A job whose worker died after the intent.</summary>
    private async Task<JobId> LeftInSubmittingAsync(string provider)
    {
        var id = await _engine.AddAsync(provider);
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single(j => j.Id == id));
        (await work.AdvanceAsync(JobStatus.Submitting, "Sending.")).ShouldBeTrue();
        _engine.Clock.Advance(Engine.Lease);
        return id;
    }
}
