using Kinora.Errors;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Jobs that are made and read, and their keys.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Create_Job_CanBeRead()
    {
        var made = NewJob(prompt: "a fox");
        made = made with { EstimateUsd = 1.234567m, Warnings = ["mapped", "a \"quoted\" one"], SourceId = NewJob().Id, Reason = "because" };

        var created = await Store.CreateAsync(new NewJob(made, null), Cancel);

        created.AlreadyThere.ShouldBeFalse();
        created.Job.Sequence.ShouldBeGreaterThan(0);
        var read = (await Store.GetAsync(made.Id, "ann", Cancel))!;
        read.Status.ShouldBe(JobStatus.Queued);
        read.Sequence.ShouldBe(created.Job.Sequence);
        read.Owner.ShouldBe("ann");
        read.Provider.ShouldBe("fake");
        read.Model.ShouldBe("fake/model");
        read.Request.Prompt.ShouldBe("a fox");
        read.BodyHash.ShouldBe("body");
        read.EstimateUsd.ShouldBe(1.234567m);
        read.Warnings.ShouldBe(made.Warnings);
        read.SourceId.ShouldBe(made.SourceId);
        read.Reason.ShouldBe("because");
        read.CreatedAt.ShouldBe(_clock.Now);
        read.UpdatedAt.ShouldBe(_clock.Now);
        read.Outputs.ShouldBeEmpty();
        read.Assets.ShouldBeEmpty();
        read.ShouldSatisfyAllConditions(
            j => j.RemoteId.ShouldBeNull(), j => j.RemoteData.ShouldBeNull(), j => j.ErrorCode.ShouldBeNull(), j => j.ErrorText.ShouldBeNull(),
            j => j.ChargedUsd.ShouldBeNull(), j => j.SubmittedAt.ShouldBeNull(), j => j.EndedAt.ShouldBeNull(), j => j.MissingSince.ShouldBeNull());
    }

    [Fact]
    public async Task Create_SameIdTwice_IsRefusedAndTheFirstStays()
    {
        var made = await AddAsync(prompt: "first");

        await Should.ThrowAsync<Exception>(() => Store.CreateAsync(new NewJob(made with { Owner = "eve" }, null), Cancel));

        (await GetAsync(made.Id)).Owner.ShouldBe("ann");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("'; DROP TABLE jobs; --")]
    [InlineData("日本語 🦊 ﷽ e\u0301")]
    [InlineData("line\nbreak\ttab \"quotes\" \\ back")]
    public async Task Create_AnyText_RoundTrips(string prompt)
    {
        var made = await AddAsync(prompt: prompt);

        (await GetAsync(made.Id)).Request.Prompt.ShouldBe(prompt);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000001")]
    [InlineData("0.1")]
    [InlineData("123456.789012")]
    public async Task Money_RoundTrips(string dollars)
    {
        var amount = decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture);
        var made = await AddAsync(NewJob() with { EstimateUsd = amount });
        await ClaimOneAsync(made.Id);

        (await ApplyAsync(made.Id, JobStatus.Queued, JobStatus.Failed, u => u with { ChargedUsd = amount })).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.EstimateUsd.ShouldBe(amount);
        read.ChargedUsd.ShouldBe(amount);
    }

    [Fact]
    public async Task Get_UnknownId_IsNull() => (await Store.GetAsync(NewJob().Id, null, Cancel)).ShouldBeNull();

    [Fact]
    public async Task Create_Cancelled_StoresNothing()
    {
        var made = NewJob();

        await Should.ThrowAsync<OperationCanceledException>(() => Store.CreateAsync(new NewJob(made, null), new CancellationToken(canceled: true)));

        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Create_SameKeySameBody_ReturnsTheFirstJob()
    {
        var first = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var second = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        second.AlreadyThere.ShouldBeTrue();
        second.Job.Id.ShouldBe(first.Job.Id);
        (await ListIdsAsync(new JobQuery("ann", 10))).ShouldBe([first.Job.Id]);
        (await Store.EventsAfterAsync(0, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_SameKeyOtherBody_IsRefused()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);
        var other = NewJob() with { BodyHash = "other" };

        var refused = await Should.ThrowAsync<KinoraException>(() => Store.CreateAsync(new NewJob(other, "key"), Cancel));

        refused.Code.ShouldBe(ErrorCodes.IdempotencyKeyReused);
        (await Store.GetAsync(other.Id, null, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Create_SameKeyOtherOwner_IsAJobOfItsOwn()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var bobs = await Store.CreateAsync(new NewJob(NewJob(owner: "bob"), "key"), Cancel);

        bobs.AlreadyThere.ShouldBeFalse();
        bobs.Job.Owner.ShouldBe("bob");
    }

    [Theory]
    [InlineData("KEY", "key")]
    [InlineData("key ", "key")]
    [InlineData("\u00e9", "e\u0301")]
    public async Task Create_NearlyTheSameKey_IsAnotherKey(string one, string other)
    {
        await Store.CreateAsync(new NewJob(NewJob(), one), Cancel);

        (await Store.CreateAsync(new NewJob(NewJob(), other), Cancel)).AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Create_KeyOfADeletedJob_StillReturnsIt()
    {
        var first = (await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel)).Job;
        await Store.RequestCancelAsync(first.Id, "ann", Cancel);
        await Store.DeleteAsync(first.Id, "ann", Cancel);

        var again = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        again.AlreadyThere.ShouldBeTrue();
        again.Job.Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Create_FiftyAtOnceWithOneKeyOverTwoStores_MakeOneJob()
    {
        IJobStore[] stores = [Store, await OpenAsync()];

        var created = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => Task.Run(() => stores[i % 2].CreateAsync(new NewJob(NewJob(), "key"), Cancel), Cancel)));

        created.Select(c => c.Job.Id).Distinct().Count().ShouldBe(1);
        created.Count(c => !c.AlreadyThere).ShouldBe(1);
        (await ListIdsAsync(new JobQuery("ann", 100))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_AThousandAtOnce_AllAreThereAfterAReopen()
    {
        var jobs = Enumerable.Range(0, 1_000).Select(_ => NewJob()).ToList();

        await Task.WhenAll(jobs.Select(job => Store.CreateAsync(new NewJob(job, job.Id.Hex), Cancel)));

        var again = await OpenAsync();
        (await again.ListAsync(new JobQuery("ann", 1_000), Cancel)).Jobs.Select(j => j.Id).ShouldBe(jobs.Select(j => j.Id), ignoreOrder: true);
        (await again.EventsAfterAsync(0, 2_000, Cancel)).Count.ShouldBe(1_000);
        (await again.CountOpenAsync(Cancel)).ShouldBe(1_000);
    }

    [Fact]
    public async Task Create_FailingNeighbours_FailAlone()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                return (await Store.CreateAsync(i % 10 == 0 ? new NewJob(NewJob() with { BodyHash = "other" }, "key") : new NewJob(NewJob(), null), Cancel)).Job.Id;
            }
            catch (KinoraException)
            {
                return (JobId?)null;
            }
        }));

        results.Count(r => r is null).ShouldBe(20);
        (await ListIdsAsync(new JobQuery("ann", 1_000))).Count.ShouldBe(181);
        (await Store.EventsAfterAsync(0, 1_000, Cancel)).Count.ShouldBe(181);
    }
}
