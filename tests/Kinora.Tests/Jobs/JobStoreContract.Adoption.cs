using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A job that was found at the provider is one job's and nobody else's.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Adopt_NobodyHasIt_RunsOn()
    {
        var job = await AddedInAsync(JobStatus.Submitting);

        (await AdoptAsync(job, "found")).ShouldBeTrue();

        (await GetAsync(job.Id)).ShouldSatisfyAllConditions(read => read.Status.ShouldBe(JobStatus.Running), read => read.RemoteId.ShouldBe("found"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Adopt_AnotherHasIt_ChangesNothingAndKeepsTheLease(bool deleted)
    {
        var owner = await AddedInAsync(JobStatus.Completed);
        if (deleted)
        {
            (await Store.DeleteAsync(owner.Id, "ann", Cancel)).ShouldBeTrue();
        }

        var job = await AddedInAsync(JobStatus.Submitting);
        var events = (await EventsAsync(job.Id)).Count;

        (await AdoptAsync(job, "remote")).ShouldBeFalse();

        (await GetAsync(job.Id)).ShouldSatisfyAllConditions(
            read => read.Status.ShouldBe(JobStatus.Submitting), read => read.RemoteId.ShouldBeNull(), read => read.Fence.ShouldBe(job.Fence));
        (await EventsAsync(job.Id)).Count.ShouldBe(events);
        (await ApplyAsync(job.Id, JobStatus.Submitting, JobStatus.Submitting, update => update with { Strikes = 1 })).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopt_AJobOfAnotherProviderHasThatId_RunsOn()
    {
        var other = await AddAsync(NewJob(provider: "other"));
        (await ApplyAsync(other.Id, JobStatus.Queued, JobStatus.Submitting)).ShouldBeTrue();
        (await ApplyAsync(other.Id, JobStatus.Submitting, JobStatus.Running, update => update with { RemoteId = "found" })).ShouldBeTrue();

        (await AdoptAsync(await AddedInAsync(JobStatus.Submitting), "found")).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopt_ManyAtOnceFromTwoProcesses_OneGetsIt()
    {
        var second = await OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var found = $"found-{round}";
            var jobs = new List<Job>();
            for (var number = 0; number < 4; number++)
            {
                jobs.Add(await AddedInAsync(JobStatus.Submitting));
            }

            var adopted = await Task.WhenAll(jobs.Select((job, number) => AdoptAsync(job, found, number % 2 == 0 ? Store : second)));

            adopted.Count(done => done).ShouldBe(1);
            (await Task.WhenAll(jobs.Select(job => GetAsync(job.Id)))).Count(job => job.RemoteId == found).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Twin_OfTheSameProviderModelAndPrompt_IsSeenWhileItIsBeingSent()
    {
        var (job, twin) = (await AddAsync("a fox"), await AddAsync("a fox"));
        var other = await AddAsync("a hare");
        var at = _clock.Now;
        (await ApplyAsync(job.Id, JobStatus.Queued, JobStatus.Submitting)).ShouldBeTrue();
        (await ApplyAsync(other.Id, JobStatus.Queued, JobStatus.Submitting)).ShouldBeTrue();
        (await Store.HasTwinBeingSentAsync(job, at, Cancel)).ShouldBeFalse("itself, and one of another prompt");

        (await ApplyAsync(twin.Id, JobStatus.Queued, JobStatus.Submitting)).ShouldBeTrue();

        (await Store.HasTwinBeingSentAsync(job, at, Cancel)).ShouldBeTrue();
        (await Store.HasTwinBeingSentAsync(job, at.AddMilliseconds(1), Cancel)).ShouldBeFalse("it was sent before");
        (await Store.HasTwinBeingSentAsync(job with { Model = "fake/another" }, at, Cancel)).ShouldBeFalse();
        (await ApplyAsync(twin.Id, JobStatus.Submitting, JobStatus.Running, update => update with { RemoteId = "its own" })).ShouldBeTrue();
        (await Store.HasTwinBeingSentAsync(job, at, Cancel)).ShouldBeFalse("it has its answer");
    }

    private async Task<bool> AdoptAsync(Job job, string remoteId, IJobStore? store = null) => await (store ?? Store).ApplyAsync(
        new JobUpdate
        {
            Lease = new JobLease(job.Id, job.Fence),
            From = JobStatus.Submitting,
            To = JobStatus.Running,
            Now = _clock.Now,
            Due = _clock.Now,
            RemoteId = remoteId,
            OnlyUnowned = true,
        },
        Cancel);
}
