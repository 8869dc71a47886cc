using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A worker's heartbeat, also beside its own writes.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Renew_HeldLease_KeepsOthersAway()
    {
        var made = await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease / 2);

        (await RenewAsync(held)).ShouldBe(RenewResult.Held);

        _clock.Advance(Lease * 0.9);
        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        (await GetAsync(made.Id)).Status.ShouldBe(JobStatus.Queued);
    }

    [Fact]
    public async Task Renew_AfterAnotherClaimed_IsLost()
    {
        await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease);
        var thief = (await ClaimAsync()).Jobs.Single();

        (await RenewAsync(held, 0.5)).ShouldBe(RenewResult.Lost);

        (await RenewAsync(thief)).ShouldBe(RenewResult.Held);
        (await GetAsync(held.Id)).Progress.ShouldBe(0);
    }

    [Fact]
    public async Task Renew_WhenCancelIsWanted_SaysSo()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await Store.RequestCancelAsync(held.Id, "ann", Cancel);

        (await RenewAsync(held)).ShouldBe(RenewResult.CancelRequested);
    }

    [Fact]
    public async Task Progress_NeverFalls()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        foreach (var progress in new[] { 0.1, 0.5, 0.3, 0.6, 0.0 })
        {
            await RenewAsync(held, progress);
        }

        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.2 });

        (await GetAsync(made.Id)).Progress.ShouldBe(0.6);
    }

    [Fact]
    public async Task Renew_AfterTheWorkerGaveTheJobBack_DoesNotDelayTheNextLook()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Due = _clock.Now + TimeSpan.FromSeconds(5) });

        (await RenewAsync(held)).ShouldBe(RenewResult.Lost);

        (await ClaimAsync()).NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Renew_WorkerThatGoesOn_IsHeld()
    {
        await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        await ApplyAsync(held.Id, JobStatus.Queued, JobStatus.Submitting, u => u with { KeepLease = true, Due = _clock.Now + Lease });

        (await RenewAsync(held)).ShouldBe(RenewResult.Held);
    }

    [Fact]
    public async Task Events_Progress_NeverFallsEither()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await RenewAsync(held, 0.6);
        await RenewAsync(held, 0.2);
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.4 });
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.5, Reason = "A reason." });

        var told = (await EventsAsync(held.Id)).Where(e => e.Data.Status is null && e.Type == "changed").Select(e => (e.Data.Progress, e.Data.Reason));

        told.ShouldBe([(0.6, null), (null, "A reason.")]);
    }

    [Fact]
    public async Task Claim_TakesOneSuspect_TheOneThatDiedLeast_AndNoneWhereOneIsHeld()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await AddAsync()).Id);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        for (var death = 1; death < RetryRules.SuspectClaim; death++)
        {
            (await ClaimAsync()).Jobs.Count.ShouldBe(3);
            _clock.Advance(Lease);
        }

        var innocent = (await AddAsync()).Id;
        (await ClaimAsync(suspect: false)).Jobs.ShouldHaveSingleItem().Id.ShouldBe(innocent);
        (await ClaimAsync(suspect: false)).NextDue!.Value.ShouldBeGreaterThan(_clock.Now);

        // The claim dies with both; he that was alone among suspects has one death more and comes last.
        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().Id.ShouldBe(ids[0]);
        _clock.Advance(Lease);
        (await ClaimAsync()).Jobs.Select(job => job.Id).ShouldBe([ids[1], innocent], ignoreOrder: true);
        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().Id.ShouldBe(ids[2]);
        _clock.Advance(Lease);
        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().Id.ShouldBe(innocent);
    }

    [Fact]
    public async Task Renew_WithoutProgress_DoesNotForgetDeadClaims()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        await RenewAsync((await ClaimAsync()).Jobs.Single(), 0.5);
        for (var i = 1; i <= 3; i++)
        {
            _clock.Advance(Lease);
            var held = (await ClaimAsync()).Jobs.Single();
            held.Claims.ShouldBe(i);
            await RenewAsync(held, i == 2 ? 0.3 : null);
        }

        _clock.Advance(Lease);
        await RenewAsync((await ClaimAsync()).Jobs.Single(), 0.7);
        _clock.Advance(Lease);
        (await ClaimAsync()).Jobs.Single().Claims.ShouldBe(1);
    }
}
