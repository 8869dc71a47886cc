using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Which worker gets which job, and when.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Claim_DueJobs_OldestDueFirstAndAsManyAsAsked()
    {
        var first = await AddAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AddAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var third = await AddAsync();

        (await ClaimAsync(slots: 2)).Jobs.Select(j => j.Id).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        (await ClaimAsync(slots: 2)).Jobs.Select(j => j.Id).ShouldBe([third.Id]);
    }

    [Fact]
    public async Task Claim_SlotsPerProvider_AreKeptAndOthersLeftAlone()
    {
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(NewJob(provider: "a"));
            await AddAsync(NewJob(provider: "b"));
            await AddAsync(NewJob(provider: "c"));
        }

        var claimed = await Store.ClaimAsync(
            new ClaimRequest("w", new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }, _clock.Now, _clock.Now + Lease), Cancel);

        claimed.Jobs.GroupBy(j => j.Provider).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
            new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Claim_WithoutSlots_BringsNothing()
    {
        await AddAsync();

        var claimed = await Store.ClaimAsync(new ClaimRequest("w", new Dictionary<string, int>(), _clock.Now, _clock.Now + Lease), Cancel);

        (claimed.Jobs.Count, claimed.NextDue).ShouldBe((0, null));
    }

    [Fact]
    public async Task Claim_NothingDue_TellsWhenTheNextIs()
    {
        (await ClaimAsync()).NextDue.ShouldBeNull();
        await AddAsync(NewJob(provider: "other"));
        (await ClaimAsync()).NextDue.ShouldBeNull();
        await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromSeconds(50));

        var claimed = await ClaimAsync();

        claimed.Jobs.ShouldBeEmpty();
        claimed.NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Claim_LeasedJob_OnlyAfterTheLeaseAndWithAHigherFence()
    {
        var made = await AddAsync();
        var first = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var second = (await ClaimAsync()).Jobs.Single();

        second.Id.ShouldBe(made.Id);
        second.Fence.ShouldBeGreaterThan(first.Fence);
        second.Claims.ShouldBe(2);
    }

    [Fact]
    public async Task Claim_FromManyThreadsAndTwoStores_GivesEachJobOnce()
    {
        IJobStore[] stores = [Store, await OpenAsync()];
        for (var i = 0; i < 60; i++)
        {
            await AddAsync();
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            async () =>
            {
                var mine = new List<JobId>();
                while ((await ClaimAsync(stores[i % 2], slots: 3)).Jobs is { Count: > 0 } jobs)
                {
                    mine.AddRange(jobs.Select(j => j.Id));
                }

                return mine;
            },
            Cancel)));

        claimed.SelectMany(c => c).Count().ShouldBe(60);
        claimed.SelectMany(c => c).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task Claim_StateOfANewerVersion_IsLeftAlone()
    {
        var made = await AddAsync();
        await ExecuteAsync($"UPDATE jobs SET status = 'levitating' WHERE id = '{made.Id.Hex}'");
        var mine = await AddAsync();

        (await ClaimAsync()).Jobs.Select(j => j.Id).ShouldBe([mine.Id]);
        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeFalse();
        (await Store.RescueAsync(new JobRescue(made.Id, "remote", null, "late"), Cancel)).ShouldBeFalse();
        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();
        (await GetAsync(made.Id)).Status.PublicWord().ShouldBe("in_progress");
    }

    [Fact]
    public async Task Claim_StateOfANewerVersion_DoesNotHideWhenTheNextIsDue()
    {
        var strange = await AddAsync();
        await ExecuteAsync($"UPDATE jobs SET status = 'levitating' WHERE id = '{strange.Id.Hex}'");
        await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromSeconds(50));

        (await ClaimAsync()).NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Claim_EqualDueTimes_GoByAge()
    {
        var made = new List<JobId>();
        for (var i = 0; i < 20; i++)
        {
            made.Add((await AddAsync()).Id);
        }

        (await ClaimAsync(slots: 5)).Jobs.Select(j => j.Id).ShouldBe(made.Take(5), ignoreOrder: true);
    }
}
