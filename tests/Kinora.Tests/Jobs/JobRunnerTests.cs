using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>The runner itself: real loops and threads over a clock that stands.</summary>
public sealed class JobRunnerTests
{
    private static readonly CheckOutcome Done = new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/1" }]);

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
    public async Task Run_LongCheck_KeepsItsLeaseThroughHeartbeatsAndTellsProgress()
    {
        var release = new TaskCompletionSource();
        var provider = Quick(new FakeProvider());
        provider.OnCheck = async (_, progress, _) =>
        {
            progress.Report(0.5);
            await release.Task;
            return Done;
        };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await using var one = engine.StartRunner();
        await using var two = engine.StartRunner(engine.OpenStore());
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(provider.Checks.Count == 1);
        });

        for (var i = 0; i < 8; i++)
        {
            await UntilRenewedAsync(engine, id);
        }

        (await engine.GetAsync(id)).Progress.ShouldBe(0.5);
        release.SetResult();
        await engine.UntilAsync(id, JobStatus.Completed);
        provider.Checks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Run_ARenewalThatEndsAfterTheStep_DoesNotStopTheHeartbeat()
    {
        // Seen as: the answer "lost" reaches work that is disposed, the heartbeat dies, and every lease of the process runs out.
        var renewing = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var ended = new TaskCompletionSource<CheckOutcome>();
        var provider = Quick(new FakeProvider());
        provider.OnCheck = (_, _, _) => ended.Task;
        await using var engine = new Engine(provider);
        var store = new FaultyStore(engine.Store);
        store.OnRenew = _ =>
        {
            // Only the heartbeat's renewal hangs; the step's own look at its lease passes.
            return renewing.TrySetResult() ? goOn.Task : Task.CompletedTask;
        };
        var first = await engine.AddAsync();
        await using var runner = engine.StartRunner(store);
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(provider.Checks.Count == 1);
        });
        engine.Clock.Advance(TimeSpan.FromSeconds(12));
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(renewing.Task.IsCompleted);
        });
        ended.SetResult(Done);
        await engine.UntilAsync(first, JobStatus.Completed);
        await Engine.UntilAsync(() => Task.FromResult(runner.Runner.Active == 0));
        goOn.SetResult();
        store.OnRenew = null;

        await RenewedAsync(engine, provider);
        runner.Done.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_AStoreFaultInTheHeartbeat_DoesNotStopIt()
    {
        var provider = Quick(new FakeProvider());
        await using var engine = new Engine(provider);
        var failed = 0;
        var store = new FaultyStore(engine.Store);
        store.OnRenew = _ => ++failed <= 3 ? throw new InvalidOperationException("a broken connection") : Task.CompletedTask;
        await using var runner = engine.StartRunner(store);

        await RenewedAsync(engine, provider);

        failed.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Run_OneSlowRenewal_DoesNotHoldUpTheOthers()
    {
        var provider = Quick(new FakeProvider());
        var never = new TaskCompletionSource<CheckOutcome>();
        provider.OnCheck = (_, _, cancel) => never.Task.WaitAsync(cancel);
        await using var engine = new Engine(provider);
        var stuck = await engine.AddAsync();
        var other = await engine.AddAsync();
        var goOn = new TaskCompletionSource();
        var store = new FaultyStore(engine.Store) { OnRenew = lease => lease.Id == stuck ? goOn.Task : Task.CompletedTask };
        await using var runner = engine.StartRunner(store);
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(provider.Checks.Contains(stuck) && provider.Checks.Contains(other));
        });

        for (var i = 0; i < 2; i++)
        {
            await UntilRenewedAsync(engine, other);
        }

        goOn.SetResult();
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
    public async Task Cancel_LongCheck_IsInterruptedAndStopped()
    {
        var provider = Quick(new CancellingFakeProvider());
        provider.OnCheck = async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return Done;
        };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await using var runner = engine.StartRunner();
        await UntilCheckedAsync(engine, 1);

        await engine.Store.RequestCancelAsync(id, "ann", Cancel);

        await WithTimeAsync(engine, id, JobStatus.Cancelled);
        provider.Cancels.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_ThatTheProviderCannotDo_DoesNotInterruptForEver(bool cancelling)
    {
        FakeProvider provider = cancelling ? new CancellingFakeProvider { OnCancel = _ => Task.FromResult(false) } : new FakeProvider();
        Quick(provider);
        var release = new TaskCompletionSource<CheckOutcome>();
        provider.OnCheck = (_, _, cancel) => release.Task.WaitAsync(cancel);
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await using var runner = engine.StartRunner();
        await UntilCheckedAsync(engine, 1);
        await engine.Store.RequestCancelAsync(id, "ann", Cancel);
        for (var i = 0; i < 6; i++)
        {
            await UntilRenewedAsync(engine, id);
        }

        provider.Checks.Count.ShouldBeLessThanOrEqualTo(2);
        release.SetResult(Done);
        await WithTimeAsync(engine, id, JobStatus.Completed);
    }

    [Fact]
    public async Task Cancel_WhileCollecting_DoesNotKeepTheResultFromComing()
    {
        var provider = Quick(new CancellingFakeProvider { OnCancel = _ => Task.FromResult(false) });
        var release = new TaskCompletionSource();
        provider.OnOpen = async (_, _, cancel) =>
        {
            await release.Task.WaitAsync(cancel);
            return new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7);
        };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await using var runner = engine.StartRunner();
        await Engine.UntilAsync(() =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(!provider.Opens.IsEmpty);
        });
        await engine.Store.RequestCancelAsync(id, "ann", Cancel);
        for (var i = 0; i < 4; i++)
        {
            await UntilRenewedAsync(engine, id);
        }

        provider.Opens.Count.ShouldBe(1);
        release.SetResult();
        await engine.UntilAsync(id, JobStatus.Completed);
    }

    [Fact]
    public async Task Stop_LongCheck_IsHandedBackAtOnce()
    {
        var provider = Quick(new FakeProvider());
        provider.OnCheck = async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return Done;
        };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        var runner = engine.StartRunner();
        await UntilCheckedAsync(engine, 1);

        await runner.StopAsync();

        provider.OnCheck = (_, _, _) => Task.FromResult(Done);
        (await engine.ClaimAsync()).Jobs.Single().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(id), j => j.Claims.ShouldBe(1));
    }

    [Fact]
    public async Task Stop_SubmitUnderWay_IsWaitedFor()
    {
        var provider = Quick(new FakeProvider());
        var answer = new TaskCompletionSource<SubmitOutcome>();
        provider.OnSubmit = (_, _) => answer.Task;
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        var runner = engine.StartRunner();
        await engine.UntilAsync(id, JobStatus.Submitting);
        await Engine.UntilAsync(() => Task.FromResult(!provider.Submits.IsEmpty));

        var stopping = runner.StopAsync();
        await Task.Delay(200, Cancel);

        stopping.IsCompleted.ShouldBeFalse();
        answer.SetResult(new SubmitOutcome.Accepted("remote"));
        await stopping;
        (await engine.GetAsync(id)).RemoteId.ShouldBe("remote");
    }

    [Fact]
    public async Task Stop_JobNotSentYet_IsNotSentAnyMore()
    {
        await using var engine = new Engine();
        var id = await engine.AddAsync();
        using var work = engine.Work((await engine.ClaimAsync()).Jobs.Single());
        work.Interrupt(Interruption.Stopping);

        await engine.Steps.RunAsync(work);

        engine.Provider.Submits.ShouldBeEmpty();
        (await engine.ClaimAsync()).Jobs.Single().Id.ShouldBe(id);
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
    public async Task Claim_ThatDiedThreeTimes_IsSetAside(JobStatus state, JobStatus end)
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

    /// <summary>Proves that the heartbeat lives: a new job's long check is renewed.</summary>
    private static async Task RenewedAsync(Engine engine, FakeProvider provider)
    {
        var never = new TaskCompletionSource<CheckOutcome>();
        provider.OnCheck = (_, _, cancel) => never.Task.WaitAsync(cancel);
        var before = provider.Checks.Count;
        var id = await engine.AddAsync();
        await UntilCheckedAsync(engine, before + 1);
        await UntilRenewedAsync(engine, id);
    }

    /// <summary>
    /// Lets twelve seconds pass, then small steps until the heartbeat has renewed: it may be just about to begin its pause, and would sleep for ever on a
    /// clock that stands still.
    /// </summary>
    private static async Task UntilRenewedAsync(Engine engine, JobId id)
    {
        engine.Clock.Advance(TimeSpan.FromSeconds(12));
        var now = engine.Clock.Now;
        await Engine.UntilAsync(async () =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return (await engine.GetAsync(id)).UpdatedAt >= now;
        });
    }

    private static Task UntilCheckedAsync(Engine engine, int checks) => Engine.UntilAsync(() =>
    {
        engine.Clock.Advance(TimeSpan.FromMilliseconds(200));
        return Task.FromResult(engine.Provider.Checks.Count >= checks);
    });

    private static Task WithTimeAsync(Engine engine, JobId id, JobStatus status) => Engine.UntilAsync(
        async () =>
        {
            engine.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return (await engine.GetAsync(id)).Status == status;
        },
        status.ToString());

    /// <summary>Looked at often, so that tests need not wait.</summary>
    private static T Quick<T>(T provider)
        where T : FakeProvider
    {
        provider.Traits = provider.Traits with { MinPoll = TimeSpan.FromMilliseconds(100) };
        return provider;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = most) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
