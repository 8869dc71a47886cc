using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Several models in one request: the next is tried only when the one before surely made nothing.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private readonly Engine _engine = new(new FakeProvider("first"), new FakeProvider("second"), new FakeProvider("third"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeProvider First => _engine.All[0];

    private FakeProvider Second => _engine.All[1];

    private FakeProvider Third => _engine.All[2];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    public static TheoryData<SubmitOutcome, string> ThatMakeNothing => new()
    {
        { new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "first refused: no foxes."), ErrorCodes.ContentPolicy },
        { new SubmitOutcome.NotSent("connection refused"), ErrorCodes.ProviderUnreachable },
        { new SubmitOutcome.NotSent("busy", TimeSpan.FromSeconds(30)), ErrorCodes.ProviderUnreachable },
        { new SubmitOutcome.NotAllowed("first does not accept the key."), ErrorCodes.AuthRequired },
    };

    [Theory]
    [MemberData(nameof(ThatMakeNothing))]
    public async Task Submit_SurelyNotCharged_GoesOnWithTheNextModel(SubmitOutcome outcome, string code)
    {
        First.Submit(outcome);
        Submission? sent = null;
        Second.OnSubmit = (submission, _) =>
        {
            sent = submission;
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted("remote"));
        };

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.Provider, job.Model, job.EstimateUsd).ShouldBe((JobStatus.Completed, "second", "second/model", 2));
        sent!.ModelName.ShouldBe("model");
        sent.Request.Seconds.ShouldBe(2);
        var attempt = job.Attempts.ShouldHaveSingleItem();
        (attempt.Model, attempt.Code, attempt.At).ShouldBe(("first/model", code, job.CreatedAt), "no time was lost");
        job.Alternatives.Select(a => a.Model).ShouldBe(["third/model"]);
        (First.Submits.Count, Second.Submits.Count, Third.Submits.Count).ShouldBe((1, 1, 0));
        (await _engine.EventsAsync(job.Id)).ShouldContain(e => e.Data.Reason != null && e.Data.Reason.EndsWith("It goes on with second/model.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_NobodyWillHaveIt_FailsWithTheLastReason_AndTellsAllAttempts()
    {
        foreach (var provider in _engine.All)
        {
            provider.Submit(new SubmitOutcome.Refused(ErrorCodes.ProviderQuota, $"{provider.Name} has no money."));
        }

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.ErrorCode, job.ErrorText, job.Model).ShouldBe((JobStatus.Failed, ErrorCodes.ProviderQuota, "third has no money.", "third/model"));
        job.Attempts.Select(a => a.Model).ShouldBe(["first/model", "second/model"]);
    }

    [Fact]
    public async Task Submit_FateUnknown_NeverGoesOn()
    {
        First.Submit(new SubmitOutcome.Unknown("no answer"));

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.Attempts.Count, Second.Submits.Count).ShouldBe((JobStatus.SubmissionUnknown, 0, 0));
    }

    [Fact]
    public async Task Check_FailedAfterItWasAccepted_NeverGoesOn()
    {
        First.Check(new CheckOutcome.Failed(ErrorCodes.ContentPolicy, "no foxes", CostUsd: 0.5m));

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.ErrorCode, Second.Submits.Count).ShouldBe((JobStatus.Failed, ErrorCodes.ContentPolicy, 0));
    }

    [Fact]
    public async Task Submit_SomethingFailedOnThisMachine_StaysWithItsModel()
    {
        var tries = 0;
        First.OnSubmit = (_, _) => Task.FromResult<SubmitOutcome>(++tries == 1 ? new SubmitOutcome.NotSent("a file") { IsLocal = true } : new SubmitOutcome.Accepted("remote"));

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.Model).ShouldBe((JobStatus.Completed, "first/model"));
    }

    [Fact]
    public async Task Hold_ProviderAnswersNobody_GoesOnWithoutWaiting()
    {
        First.Submit(new SubmitOutcome.NotSent("connection refused"));
        for (var i = 0; i < 5; i++)
        {
            await _engine.RunAsync(await _engine.AddAsync("first"));
        }

        var calls = First.Submits.Count;
        var before = _engine.Clock.Now;

        var job = await _engine.RunAsync(await AddAsync());

        (job.Status, job.Model).ShouldBe((JobStatus.Completed, "second/model"));
        First.Submits.Count.ShouldBe(calls, "it was not asked at all");
        job.Attempts.ShouldHaveSingleItem().At.ShouldBe(before);
    }

    private async Task<JobId> AddAsync()
    {
        var job = TestJobs.New(_engine.Clock.Now, provider: "first");
        Alternative Next(string provider, double seconds) => new(provider, provider + "/model", job.Request with { Model = provider + "/model", Seconds = seconds }, (decimal)seconds);
        return (await _engine.Store.CreateAsync(new NewJob(job with { Alternatives = [Next("second", 2), Next("third", 3)] }, null), Cancel)).Job.Id;
    }
}
