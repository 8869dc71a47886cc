using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;
using static Kinora.Tests.Jobs.RunnerScene;

namespace Kinora.Tests.Jobs;

/// <summary>The runner itself, real loops and threads over a clock that stands: which jobs it takes, how many, and when.</summary>
public sealed class JobRunnerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ManyJobsOnTwoRunners_EachIsSubmittedOnce()
    {
        await using var engine = new Engine(Quick(new FakeProvider()));
        var ids = new List<JobId>();
        for (var i = 0; i < 200; i++)
        {
            ids.Add(await engine.AddAsync());
        }

        await using var one = engine.StartRunner();
        await using var two = engine.StartRunner(engine.OpenStore());
        await Engine.UntilAsync(async () =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return await engine.Store.CountOpenAsync(Cancel) == 0;
        });

        engine.Provider.Submits.Count.ShouldBe(200);
        engine.Provider.Submits.Distinct().Count().ShouldBe(200);
        foreach (var id in ids)
        {
            (await engine.GetAsync(id)).Status.ShouldBe(JobStatus.Completed);
        }
    }

    [Fact]
    public async Task Run_Slots_AreHonouredPerProvider()
    {
        var slow = Quick(new FakeProvider("slow"));
        slow.Traits = slow.Traits with { MaxConcurrent = 2 };
        var (now, most) = (0, 0);
        var release = new TaskCompletionSource();
        slow.OnSubmit = async (submission, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await release.Task;
            Interlocked.Decrement(ref now);
            return new SubmitOutcome.Accepted(submission.JobId.Hex);
        };
        await using var engine = new Engine(slow, Quick(new FakeProvider("quick")));
        for (var i = 0; i < 10; i++)
        {
            await engine.AddAsync("slow");
        }

        await using var runner = engine.StartRunner();
        await Engine.UntilAsync(() => Task.FromResult(most == 2));
        var quick = await engine.AddAsync("quick");
        await WithTimeAsync(engine, quick, JobStatus.Completed);

        slow.Submits.Count.ShouldBe(2);
        release.SetResult();
        await Engine.UntilAsync(() => Task.FromResult(slow.Submits.Count == 10));
        most.ShouldBe(2);
    }

    [Fact]
    public async Task Run_Suspects_OneAfterTheOther_WhileOthersGoOn()
    {
        var release = new TaskCompletionSource();
        var slow = Quick(new FakeProvider("slow"));
        slow.OnSubmit = async (submission, _) =>
        {
            await release.Task;
            return new SubmitOutcome.Accepted(submission.JobId.Hex);
        };
        await using var engine = new Engine(slow, Quick(new FakeProvider("quick")));
        for (var i = 0; i < 3; i++)
        {
            await engine.AddAsync("slow");
        }

        for (var death = 1; death < RetryRules.SuspectClaim; death++)
        {
            (await engine.ClaimAsync()).Jobs.Count.ShouldBe(3);
            engine.Clock.Advance(Engine.Lease);
        }

        await using var runner = engine.StartRunner();
        await WithTimeAsync(engine, await engine.AddAsync("quick"), JobStatus.Completed);
        slow.Submits.Count.ShouldBe(1);

        release.SetResult();
        await Engine.UntilAsync(() => Task.FromResult(slow.Submits.Count == 3));
    }

    [Fact]
    public async Task Run_AStoreFaultWhileClaiming_DoesNotStopTheRunner()
    {
        await using var engine = new Engine(Quick(new FakeProvider()));
        var failed = 0;
        var store = new FaultyStore(engine.Store);
        store.OnClaim = () =>
        {
            if (++failed <= 2)
            {
                throw failed == 1 ? new KinoraException(ErrorCodes.DatabaseBusy, "busy") : new InvalidOperationException("a broken connection");
            }
        };
        var id = await engine.AddAsync();

        await using var runner = engine.StartRunner(store);

        await WithTimeAsync(engine, id, JobStatus.Completed);
    }

    [Fact]
    public async Task Wake_AfterTheEnd_IsHarmless()
    {
        await using var engine = new Engine();
        var runner = engine.StartRunner();
        await runner.DisposeAsync();

        Should.NotThrow(runner.Runner.Wake);
    }

    [Fact]
    public async Task Wake_ManyTimes_StartsANewJobLongBeforeTheNextLook()
    {
        await using var engine = new Engine() { Options = new JobOptions { IdleMilliseconds = 10_000 } };
        await using var runner = engine.StartRunner();
        await Task.Delay(100, Cancel);
        var id = await engine.AddAsync();
        Parallel.For(0, 100, _ => runner.Runner.Wake());

        await engine.UntilAsync(id, JobStatus.Running);
    }

    [Theory]
    [InlineData(JobStatus.Queued, JobStatus.Failed)]
    [InlineData(JobStatus.Submitting, JobStatus.SubmissionUnknown)]
    [InlineData(JobStatus.Running, JobStatus.Expired)]
    public async Task Claim_ThatDiedAgainAndAgain_IsSetAside(JobStatus state, JobStatus end)
    {
        await using var engine = new Engine();
        var id = await engine.AddAsync();
        if (state == JobStatus.Submitting)
        {
            using var work = engine.Work((await engine.ClaimAsync()).Jobs.Single());
            await work.AdvanceAsync(JobStatus.Submitting, "Sending.");
        }
        else if (state == JobStatus.Running)
        {
            await engine.PassAsync();
        }

        engine.Clock.Advance(Engine.Lease);
        for (var i = 0; i < RetryRules.DeadClaims; i++)
        {
            (await engine.ClaimAsync()).Jobs.Count.ShouldBe(1);
            engine.Clock.Advance(Engine.Lease);
        }

        var other = await engine.AddAsync();
        await engine.PassAsync();

        var job = await engine.GetAsync(id);
        job.Status.ShouldBe(end);
        job.ErrorCode.ShouldBe(end == JobStatus.SubmissionUnknown ? ErrorCodes.SubmissionUnknown : ErrorCodes.JobSetAside);
        engine.Provider.Submits.Count(s => s == id).ShouldBe(state == JobStatus.Running ? 1 : 0);
        (await engine.GetAsync(other)).Status.ShouldBe(JobStatus.Running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = most) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
