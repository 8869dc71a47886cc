using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>After a crash between the intent and the answer, or an answer that left it open: whether the provider has the job.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private readonly Engine _engine = new(new FakeProvider(), new ReconcilingFakeProvider("asks"));

    private FakeProvider Provider => _engine.Provider;

    private ReconcilingFakeProvider Asking => (ReconcilingFakeProvider)_engine.All[1];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

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
        Asking.OnFind = (submission, _) => Task.FromResult<FindOutcome>(new FindOutcome.Found("found-" + submission.JobId.Hex));
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
            return new FindOutcome.NotThere();
        };

        await _engine.RunAsync(await LeftInSubmittingAsync("asks"));

        owned.Take(2).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Reconcile_TheProviderDoesNotAnswer_IsAskedAgain()
    {
        var asked = 0;
        Asking.OnFind = (_, _) => ++asked < 3 ? throw new HttpRequestException("down") : Task.FromResult<FindOutcome>(new FindOutcome.Found("found"));
        var id = await LeftInSubmittingAsync("asks");

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed);
        asked.ShouldBe(3);
        Asking.Submits.ShouldBeEmpty();
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
    public async Task Reconcile_TheListCannotBeRead_IsUnknownAfterTheDeadlineAndSaysWhatHappened()
    {
        Asking.Submit(new SubmitOutcome.Unknown("the connection broke"));
        Asking.Find(new FindOutcome.Unreachable("HTTP 503"));

        var job = await _engine.RunAsync(await _engine.AddAsync("asks"));

        job.Status.ShouldBe(JobStatus.SubmissionUnknown);
        (job.EndedAt - job.SubmittedAt)!.Value.ShouldBeGreaterThan(Asking.Traits.Deadline);
        job.ErrorText!.ShouldContain("the connection broke");
        Asking.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reconcile_TheListCanBeReadAgain_RunsOn()
    {
        var asked = 0;
        Asking.OnFind = (_, _) => Task.FromResult<FindOutcome>(++asked switch
        {
            < 3 => new FindOutcome.NotThere(),
            < 10 => new FindOutcome.Unreachable("HTTP 503"),
            _ => new FindOutcome.Found("found"),
        });

        var job = await _engine.RunAsync(await LeftInSubmittingAsync("asks"));

        job.Status.ShouldBe(JobStatus.Completed);
        job.RemoteId.ShouldBe("found");
    }

    [Fact]
    public async Task Reconcile_TheProviderAsksToWait_IsNotAskedBefore()
    {
        Asking.Find(new FindOutcome.Unreachable("HTTP 429", TimeSpan.FromMinutes(7)));
        await LeftInSubmittingAsync("asks");

        (await _engine.PassAsync())!.Value.ShouldBeGreaterThanOrEqualTo(_engine.Clock.Now + TimeSpan.FromMinutes(7));
    }

    [Fact]
    public async Task Unknown_WhereTheProviderCanBeAsked_IsLookedUpAndRunsOn()
    {
        Asking.Submit(new SubmitOutcome.Unknown("the connection broke"));
        var asked = 0;
        Asking.OnFind = (_, _) => Task.FromResult<FindOutcome>(++asked < 2 ? new FindOutcome.NotThere() : new FindOutcome.Found("found"));

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
