using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;
using static Kinora.Tests.Jobs.RunnerScene;

namespace Kinora.Tests.Jobs;

/// <summary>Work under way that is to be cancelled, or whose runner is told to stop.</summary>
public sealed class InterruptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_InTheMiddleOfALook_IsTriedOnceAsSoonAsItIsOver(bool answers)
    {
        var provider = new CancellingFakeProvider { OnCancel = _ => Task.FromResult(false) };
        await using var engine = new Engine(provider);
        var id = await engine.AddAsync();
        await engine.PassAsync();
        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        CheckOutcome outcome = answers ? new CheckOutcome.Running(null, "rendering", TimeSpan.FromMinutes(1)) : new CheckOutcome.Unreachable("503", TimeSpan.FromMinutes(1));
        provider.OnCheck = async (_, _, _) =>
        {
            await engine.Store.RequestCancelAsync(id, "ann", Cancel);
            return outcome;
        };

        var first = await engine.PassAsync();
        var second = await engine.PassAsync();

        first!.Value.ShouldBeLessThanOrEqualTo(engine.Clock.Now);
        provider.Cancels.Count.ShouldBe(1);
        second!.Value.ShouldBeGreaterThan(engine.Clock.Now.AddSeconds(50));
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
}
