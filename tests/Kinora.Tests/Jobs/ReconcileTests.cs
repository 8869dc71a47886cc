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
    public async Task Reconcile_TwoReadTheListAtOnce_OneTakesTheJobUp()
    {
        JobId[] ids = [await _engine.AddAsync("asks"), await _engine.AddAsync("asks")];
        foreach (var job in (await _engine.ClaimAsync()).Jobs)
        {
            using var sending = _engine.Work(job);
            (await sending.AdvanceAsync(JobStatus.Submitting, "Sending.")).ShouldBeTrue();
        }

        _engine.Clock.Advance(TimeSpan.FromMinutes(1));
        var (reading, bothHaveRead) = (0, new TaskCompletionSource());
        Asking.OnFind = async (_, isOwned) =>
        {
            (await isOwned("R1")).ShouldBeFalse();
            if (Interlocked.Increment(ref reading) == 2)
            {
                bothHaveRead.SetResult();
            }

            await bothHaveRead.Task;
            return new FindOutcome.Found("R1");
        };

        await Task.WhenAll((await _engine.ClaimAsync()).Jobs.Select(async job =>
        {
            using var work = _engine.Work(job);
            await _engine.Steps.RunAsync(work);
        }));

        var jobs = await Task.WhenAll(ids.Select(_engine.GetAsync));
        jobs.Count(job => job is { Status: JobStatus.Running, RemoteId: "R1" }).ShouldBe(1);
        jobs.Count(job => job is { Status: JobStatus.Submitting, RemoteId: null, Strikes: 1 }).ShouldBe(1, "it is looked at again");
    }

    [Fact]
    public async Task Reconcile_ATwinIsBeingSent_WaitsForItsAnswer()
    {
        Asking.Find(new FindOutcome.Found("R1"));
        var id = await LeftInSubmittingAsync("asks");
        var twin = await _engine.AddAsync("asks");
        var (began, answer) = (new TaskCompletionSource(), new TaskCompletionSource<SubmitOutcome>());
        Asking.OnSubmit = (_, _) =>
        {
            began.SetResult();
            return answer.Task;
        };
        var claimed = (await _engine.ClaimAsync()).Jobs;
        using var sending = _engine.Work(claimed.Single(job => job.Id == twin));
        using var looking = _engine.Work(claimed.Single(job => job.Id == id));
        var sent = _engine.Steps.RunAsync(sending);
        await began.Task;
        await _engine.Steps.RunAsync(looking);
        (await _engine.GetAsync(id)).ShouldSatisfyAllConditions(job => job.Status.ShouldBe(JobStatus.Submitting), job => job.Strikes.ShouldBe(0));

        answer.SetResult(new SubmitOutcome.Accepted("R1"));
        await sent;

        (await _engine.GetAsync(twin)).RemoteId.ShouldBe("R1");
        (await _engine.RunAsync(id)).ShouldSatisfyAllConditions(job => job.Status.ShouldBe(JobStatus.SubmissionUnknown), job => job.RemoteId.ShouldBeNull());
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
