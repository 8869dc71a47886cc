using Kinora.Errors;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What is done to a job from outside: rescue, cancel, reopen, delete.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Hasten_RunningJobThatWaits_IsDueNow()
    {
        var waiting = await AddedInAsync(JobStatus.Running, due: _clock.Now.AddMinutes(1));
        (await ClaimAsync()).Jobs.ShouldBeEmpty();

        (await Store.HastenAsync(waiting.Id, Cancel)).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().Id.ShouldBe(waiting.Id);
        (await Store.HastenAsync(waiting.Id, Cancel)).ShouldBeFalse("somebody holds it");
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Collecting)]
    [InlineData(JobStatus.Completed)]
    public async Task Hasten_AnyOther_ChangesNothing(JobStatus status)
    {
        var job = await AddedInAsync(status);
        var before = await GetAsync(job.Id);

        (await Store.HastenAsync(job.Id, Cancel)).ShouldBeFalse();

        var after = await GetAsync(job.Id);
        (after.Status, after.UpdatedAt, after.Fence).ShouldBe((before.Status, before.UpdatedAt, before.Fence));
    }

    [Fact]
    public async Task Cancel_QueuedJob_IsAtItsEndAtOnce()
    {
        var made = await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(JobStatus.Cancelled);
        read.ErrorCode.ShouldBe(ErrorCodes.Cancelled);
        read.EndedAt.ShouldBe(_clock.Now);
        (await EventsAsync(made.Id))[^1].Data.ShouldBe(new EventData { Status = "cancelled", Reason = read.Reason, ErrorCode = "cancelled" });
        (await Store.ApplyAsync(
            new JobUpdate { Lease = new JobLease(held.Id, held.Fence), From = JobStatus.Queued, To = JobStatus.Submitting, Now = _clock.Now, Due = _clock.Now },
            Cancel)).ShouldBeFalse();
        (await RenewAsync(held)).ShouldBe(RenewResult.Lost);
    }

    [Fact]
    public async Task Cancel_RunningJobBetweenTwoLooks_IsFlaggedAndDueAtOnce()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromMinutes(5));

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        var claimed = (await ClaimAsync()).Jobs.Single();
        claimed.Status.ShouldBe(JobStatus.Running);
        claimed.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_RunningJobInAWorkersHands_IsFlaggedButNotTaken()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now);
        await ClaimAsync();

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        (await GetAsync(made.Id)).CancelRequested.ShouldBeTrue();
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Cancel_JobAtItsEnd_ChangesNothing(JobStatus end)
    {
        var made = await AddedInAsync(end);

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeFalse();

        (await GetAsync(made.Id)).CancelRequested.ShouldBe(end == JobStatus.Cancelled && (await GetAsync(made.Id)).CancelRequested);
    }

    [Fact]
    public async Task Reopen_ExpiredJob_IsLookedAtNow()
    {
        var made = await AddedInAsync(JobStatus.Expired);
        _clock.Advance(TimeSpan.FromHours(3));

        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeTrue();

        var claimed = (await ClaimAsync()).Jobs.Single();
        claimed.Status.ShouldBe(JobStatus.Running);
        claimed.RemoteId.ShouldBe("remote");
        claimed.ErrorCode.ShouldBeNull();
        claimed.EndedAt.ShouldBeNull();
        claimed.SubmittedAt.ShouldBe(_clock.Now);
        (await EventsAsync(made.Id))[^1].Data.Status.ShouldBe("running");
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Reopen_AnyOtherJob_ChangesNothing(JobStatus state)
    {
        var made = await AddedInAsync(state);

        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();

        (await GetAsync(made.Id)).Status.ShouldBe(state);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Collecting)]
    public async Task Delete_OpenJob_IsRefused(JobStatus state)
    {
        var made = await AddedInAsync(state);

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeFalse();

        (await Store.GetAsync(made.Id, "ann", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Delete_EndedJob_IsGoneOnce()
    {
        var made = await AddedInAsync(JobStatus.Completed);
        var other = await AddAsync();

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeFalse();
        (await Store.GetAsync(made.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull();
        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();
        (await EventsAsync(made.Id)).Count(e => e.Type == "deleted").ShouldBe(1);
        (await Store.UnpurgedAsync(10, Cancel)).ShouldBe([made.Id]);

        await Store.MarkPurgedAsync(made.Id, Cancel);
        await Store.MarkPurgedAsync(other.Id, Cancel);

        (await Store.UnpurgedAsync(10, Cancel)).ShouldBeEmpty("a job that is not deleted is never purged");
    }

    [Theory]
    [InlineData(MediaKind.Video)]
    [InlineData(MediaKind.Image)]
    public async Task Events_KnowTheKindOfTheirJob_AlsoOfADeletedOne(MediaKind kind)
    {
        var job = NewJob() with { Kind = kind };
        await Store.CreateAsync(new NewJob(job, null), Cancel);
        await ApplyAsync(job.Id, JobStatus.Queued, JobStatus.Failed, u => u with { ErrorCode = "code" });
        await Store.DeleteAsync(job.Id, "ann", Cancel);

        (await EventsAsync(job.Id)).Select(e => e.Kind).ShouldBe([kind, kind, kind]);
    }
}
