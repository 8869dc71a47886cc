using Kinora.Budgets;
using Kinora.Errors;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What jobs cost: reserved with the job, settled with its end, never over a limit, never forgotten.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Spend_OpenJob_IsReserved()
    {
        await PricedAsync(1.25m);

        (await Store.SpendAsync("ann", null, Cancel)).ShouldBe(new Spend(0, 1.25m, 0));
        (await Store.SpendAsync("eve", null, Cancel)).ShouldBe(new Spend(0, 0, 0));
        (await Store.SpendAsync(null, null, Cancel)).ShouldBe(new Spend(0, 1.25m, 0));
    }

    [Theory]
    [InlineData(JobStatus.Completed, null, 1.25, 0, 1)]
    [InlineData(JobStatus.Completed, 0.75, 0.75, 0, 1)]
    [InlineData(JobStatus.Completed, -3.0, 0, 0, 1)]
    [InlineData(JobStatus.Failed, null, 0, 0, 0)]
    [InlineData(JobStatus.Failed, 0.5, 0.5, 0, 0)]
    [InlineData(JobStatus.Cancelled, null, 0, 0, 0)]
    [InlineData(JobStatus.Expired, null, 0, 1.25, 0)]
    [InlineData(JobStatus.SubmissionUnknown, null, 0, 1.25, 0)]
    public async Task Spend_AtTheEnd_IsSettledByWhatIsKnown(JobStatus end, double? charged, double settled, double reserved, int completed)
    {
        var job = await PricedAsync(1.25m);
        await EndAsync(job, end, (decimal?)charged);

        (await Store.SpendAsync("ann", null, Cancel)).ShouldBe(new Spend((decimal)settled, (decimal)reserved, completed));
    }

    [Fact]
    public async Task Spend_QueuedJobCancelled_IsReleased()
    {
        var job = await PricedAsync(1.25m);

        await Store.RequestCancelAsync(job.Id, "ann", Cancel);

        (await Store.SpendAsync("ann", null, Cancel)).ShouldBe(new Spend(0, 0, 0));
    }

    [Fact]
    public async Task Spend_DeletedJob_CountsOn()
    {
        var job = await PricedAsync(1.25m);
        await EndAsync(job, JobStatus.Completed, null);
        (await Store.DeleteAsync(job.Id, "ann", Cancel)).ShouldBeTrue();

        (await Store.SpendAsync("ann", null, Cancel)).ShouldBe(new Spend(1.25m, 0, 1));
    }

    [Fact]
    public async Task SpendByOwner_SinceAMoment_LeavesOutWhatWasBefore()
    {
        await PricedAsync(1);
        _clock.Advance(TimeSpan.FromHours(1));
        await PricedAsync(2);
        await PricedAsync(4, owner: "eve");

        (await Store.SpendByOwnerAsync(_clock.Now, Cancel)).ShouldBe([("ann", new Spend(0, 2, 0)), ("eve", new Spend(0, 4, 0))]);
    }

    [Fact]
    public async Task SpendByDay_GathersEachModelsDays_OfTheOwnerAlone()
    {
        var day = DateOnly.FromDateTime(_clock.Now.UtcDateTime);
        var job = await PricedAsync(1);
        await EndAsync(job, JobStatus.Completed, 0.5m);
        await PricedAsync(2);
        await PricedAsync(8, owner: "eve");
        _clock.Advance(TimeSpan.FromDays(1));
        await PricedAsync(4);

        var spent = await Store.SpendByDayAsync("ann", DateTimeOffset.UnixEpoch, Cancel);

        spent.ShouldBe([new DaySpend(day, job.Kind, job.Model, new Spend(0.5m, 2, 1)), new DaySpend(day.AddDays(1), job.Kind, job.Model, new Spend(0, 4, 0))]);
        (await Store.SpendByDayAsync("ann", _clock.Now, Cancel)).Single().Day.ShouldBe(day.AddDays(1));
    }

    [Fact]
    public async Task Family_IsAllThatComesFromOneVideo_OfTheOwnerAlone()
    {
        async Task<Job> ChildOf(Job? source, string owner = "ann") =>
            (await Store.CreateAsync(new NewJob(Fakes.TestJobs.New(_clock.Now, owner) with { SourceId = source?.Id }, null), Cancel)).Job;
        var root = await ChildOf(null);
        var first = await ChildOf(root);
        var second = await ChildOf(root);
        var grandchild = await ChildOf(first);
        await ChildOf(root, owner: "eve");
        await ChildOf(null);
        await EndAsync(first, JobStatus.Failed, null);
        (await Store.DeleteAsync(first.Id, "ann", Cancel)).ShouldBeTrue();

        // Through the deleted one.
        foreach (var one in (Job[])[root, second, grandchild])
        {
            (await Store.FamilyAsync(one.Id, "ann", 100, Cancel)).Select(j => j.Id).ShouldBe([root.Id, second.Id, grandchild.Id]);
        }

        (await Store.FamilyAsync(root.Id, "ann", 2, Cancel)).Count.ShouldBe(2);
        (await Store.FamilyAsync(root.Id, "eve", 100, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_BeyondTheLimit_IsRefusedAndStoresNothing()
    {
        var limit = new SpendLimit(DailyUsd: 3, MonthlyUsd: null);
        await PricedAsync(2, limit);

        (await Should.ThrowAsync<KinoraException>(() => PricedAsync(1.01m, limit))).Code.ShouldBe(ErrorCodes.BudgetExceeded);

        await PricedAsync(1, limit);
        (await Store.SpendAsync("ann", null, Cancel)).ReservedUsd.ShouldBe(3);
        (await Store.ListAsync(new JobQuery("ann", 10), Cancel)).Jobs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Create_OnTheNextDay_HasTheDaysBudgetAgainAndNotTheMonths()
    {
        var limit = new SpendLimit(DailyUsd: 3, MonthlyUsd: 5);
        await PricedAsync(3, limit);
        _clock.AdvanceTo(SpendLimit.DayOf(_clock.Now).AddDays(1));

        (await Should.ThrowAsync<KinoraException>(() => PricedAsync(2.5m, limit))).Message.ShouldContain("this month");

        await PricedAsync(2, limit);
    }

    [Fact]
    public async Task Create_ManyAtOnceBesideANearlySpentBudget_NeverPassIt()
    {
        var limit = new SpendLimit(DailyUsd: 10, MonthlyUsd: null);
        var other = await OpenAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await PricedAsync(0.9m, limit, store: i % 2 == 0 ? Store : other);
                return true;
            }
            catch (KinoraException fault) when (fault.Code == ErrorCodes.BudgetExceeded)
            {
                return false;
            }
        })));

        results.Count(ok => ok).ShouldBe(11);
        (await Store.SpendAsync("ann", null, Cancel)).ReservedUsd.ShouldBe(9.9m);
    }

    [Fact]
    public async Task Create_WithABudgetOfItsKey_CountsOnlyWhatWasMadeWithThatKey()
    {
        var limit = new SpendLimit(DailyUsd: 3, MonthlyUsd: 4) { KeyId = "key_1" };
        await PricedAsync(100);
        await PricedAsync(100, key: "key_2");
        await PricedAsync(2, limit, key: "key_1");

        (await Should.ThrowAsync<KinoraException>(() => PricedAsync(1.5m, limit, key: "key_1"))).Message.ShouldContain("of this API key for today");

        await PricedAsync(1, limit, key: "key_1");
        _clock.AdvanceTo(SpendLimit.DayOf(_clock.Now).AddDays(1));
        (await Should.ThrowAsync<KinoraException>(() => PricedAsync(1.5m, limit, key: "key_1"))).Message.ShouldContain("of this API key for this month");
    }

    [Fact]
    public async Task Create_WithTwoLimits_IsRefusedByEither()
    {
        SpendLimit[] limits = [new(DailyUsd: 10, MonthlyUsd: null), new(DailyUsd: 3, MonthlyUsd: null) { KeyId = "key_1" }];
        await CreateAsync(3);

        (await Should.ThrowAsync<KinoraException>(() => CreateAsync(1))).Message.ShouldContain("of this API key");
        await PricedAsync(6);
        limits[1] = new SpendLimit(DailyUsd: 30, MonthlyUsd: null) { KeyId = "key_1" };
        (await Should.ThrowAsync<KinoraException>(() => CreateAsync(2))).Message.ShouldNotContain("of this API key");
        await CreateAsync(1);

        Task CreateAsync(decimal usd) => Store.CreateAsync(
            new NewJob(Fakes.TestJobs.New(_clock.Now, "ann") with { EstimateUsd = usd }, null) { Limits = limits, KeyId = "key_1" }, Cancel);
    }

    [Fact]
    public async Task List_WithAnOffset_LeavesTheNewestOut()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await AddAsync()).Id);
        }

        (await ListIdsAsync(new JobQuery("ann", 2) { Offset = 2 })).ShouldBe(ids[2..4]);
        (await ListIdsAsync(new JobQuery("ann", 2) { Offset = 1_000_000 })).ShouldBeEmpty();
    }

    private async Task<Job> PricedAsync(decimal usd, SpendLimit? limit = null, string owner = "ann", IJobStore? store = null, string? key = null)
    {
        var job = Fakes.TestJobs.New(_clock.Now, owner) with { EstimateUsd = usd };
        return (await (store ?? Store).CreateAsync(new NewJob(job, null) { Limits = limit is null ? [] : [limit], KeyId = key }, Cancel)).Job;
    }

    private async Task EndAsync(Job job, JobStatus end, decimal? charged)
    {
        JobStatus[] way = end switch
        {
            JobStatus.Completed => [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting, end],
            JobStatus.Expired => [JobStatus.Submitting, JobStatus.Running, end],
            _ => [JobStatus.Submitting, end],
        };
        var from = JobStatus.Queued;
        foreach (var to in way)
        {
            (await ApplyAsync(job.Id, from, to, u => u with { ChargedUsd = to == end ? charged : null })).ShouldBeTrue();
            from = to;
        }
    }
}
