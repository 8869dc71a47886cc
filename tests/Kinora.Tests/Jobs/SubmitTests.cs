using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>The one request that costs money: what becomes of a job for every answer that comes in time.</summary>
public sealed class SubmitTests : IAsyncLifetime
{
    private readonly Engine _engine = new();

    private FakeProvider Provider => _engine.Provider;

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
    public async Task Submit_StoreAway_NothingIsSentUntilThePicturesAreHere_AndNoTryIsCounted()
    {
        _engine.Assets.OnInput = () => throw new KinoraException(ErrorCodes.StorageUnavailable, "The bucket for results does not answer.");
        var id = await _engine.AddAsync(WithPicture());

        var waiting = await _engine.RunAsync(id, mostPasses: 20);

        waiting.Status.ShouldBe(JobStatus.Queued);
        waiting.Reason.ShouldBe("Not sent yet: The bucket for results does not answer.");
        waiting.Faults.ShouldBe(0);
        Provider.Submits.ShouldBeEmpty();
        _engine.Assets.OnInput = null;
        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_PictureLost_FailsWithoutBeingSent()
    {
        _engine.Assets.OnInput = () => throw new KinoraException(ErrorCodes.AssetMissing, "A picture of this request is no longer in the store.");

        var job = await _engine.RunAsync(await _engine.AddAsync(WithPicture()));

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetMissing);
        job.ErrorText!.ShouldEndWith("Nothing was sent and nothing was charged.");
        Provider.Submits.ShouldBeEmpty();
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

    private static GenerationRequest WithPicture() => new() { Prompt = "a fox", Model = "fake/one", FirstFrame = new InputImage(new string('a', 64), "image/png", 4, 3) };
}
