using Kinora.Errors;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What is done to a job from outside: rescue, cancel, reopen, delete.</summary>
/// <summary>What is said from outside of jobs whose create was never answered, also of those that their owner has deleted.</summary>
public abstract partial class JobStoreContract
{
    [Theory]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Rescue_SentJobWithoutRemoteId_RunsOn(JobStatus from)
    {
        var made = await AddedInAsync(from);
        var fence = (await GetAsync(made.Id)).Fence;

        (await Store.RescueAsync(new JobRescue(made.Id, "remote", "data", "It came late."), Cancel)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(JobStatus.Running);
        read.RemoteId.ShouldBe("remote");
        read.RemoteData.ShouldBe("data");
        read.Reason.ShouldBe("It came late.");
        read.ErrorCode.ShouldBeNull();
        read.EndedAt.ShouldBeNull();
        read.Fence.ShouldBeGreaterThan(fence);
        (await EventsAsync(made.Id))[^1].Data.Status.ShouldBe("running");
        (await ClaimAsync()).Jobs.Single().Id.ShouldBe(made.Id);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Collecting)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    public async Task Rescue_AnyOtherJob_ChangesNothing(JobStatus state)
    {
        var made = await AddedInAsync(state);
        var events = (await EventsAsync(made.Id)).Count;

        (await Store.RescueAsync(new JobRescue(made.Id, "late", null, "It came late."), Cancel)).ShouldBeFalse();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(state);
        read.RemoteId.ShouldNotBe("late");
        (await EventsAsync(made.Id)).Count.ShouldBe(events);
    }

    [Fact]
    public async Task Delete_JobOfUnknownFate_StaysWithTheOperator_AndItsPlaceToo()
    {
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);
        var gone = await AddedInAsync(JobStatus.Failed);
        await Store.DeleteAsync(made.Id, "ann", Cancel);
        await Store.DeleteAsync(gone.Id, "ann", Cancel);

        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull();
        (await Store.GetDeletedTooAsync(made.Id, null, Cancel)).ShouldNotBeNull().Status.ShouldBe(JobStatus.SubmissionUnknown);
        (await Store.ListAsync(new JobQuery(null, 10) { Status = JobStatus.SubmissionUnknown }, Cancel)).Jobs.ShouldBeEmpty();
        (await Store.ListAsync(new JobQuery(null, 10) { Status = JobStatus.SubmissionUnknown, DeletedToo = true }, Cancel)).Jobs.Select(j => j.Id).ShouldBe([made.Id]);
        (await Store.UnpurgedAsync(10, Cancel)).ShouldBe([gone.Id], "a file may still come for the other");
    }

    [Fact]
    public async Task Rescue_DeletedJob_IsThereAgain()
    {
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);
        await Store.DeleteAsync(made.Id, "ann", Cancel);

        (await Store.RescueAsync(new JobRescue(made.Id, "late", null, "It came late."), Cancel)).ShouldBeTrue();

        (await Store.GetAsync(made.Id, "ann", Cancel)).ShouldNotBeNull().Status.ShouldBe(JobStatus.Running);
        (await Store.CountOpenAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Rescue_OnlyUnowned_IdOfAnotherJob_ChangesNothing()
    {
        var other = await AddedInAsync(JobStatus.SubmissionUnknown);
        (await Store.RescueAsync(new JobRescue(other.Id, "remote", null, "Found.") { OnlyUnowned = true }, Cancel)).ShouldBeTrue();
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);
        var before = await GetAsync(made.Id);

        (await Store.RescueAsync(new JobRescue(made.Id, "remote", null, "Found.") { OnlyUnowned = true }, Cancel)).ShouldBeFalse();

        (await GetAsync(made.Id)).ShouldBeEquivalentTo(before);
        (await Store.RescueAsync(new JobRescue(made.Id, "remote", null, "Its own answer."), Cancel)).ShouldBeTrue("who was given the id by the provider knows better");
    }

    [Fact]
    public async Task MarkLost_DeletedJob_GivesItsReservationBack_AndIsSwept()
    {
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);
        await Store.DeleteAsync(made.Id, "ann", Cancel);

        (await Store.MarkLostAsync(made.Id, "Not there.", Cancel)).ShouldBeTrue();

        (await Store.SpendAsync(made.Owner, null, Cancel)).ShouldBe(new Spend(0, 0, 0));
        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull("it stays deleted");
        (await Store.UnpurgedAsync(10, Cancel)).ShouldBe([made.Id]);
    }

    [Fact]
    public async Task MarkLost_JobOfUnknownFate_HasFailedAndCostsNothing()
    {
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);

        (await Store.MarkLostAsync(made.Id, "Not there.", Cancel)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        (read.Status, read.Reason, read.ErrorCode, read.ChargedUsd).ShouldBe((JobStatus.Failed, "Not there.", ErrorCodes.RemoteLost, 0m));
        (await Store.SpendAsync(made.Owner, null, Cancel)).ShouldBe(new Spend(0, 0, 0));
        (await EventsAsync(made.Id))[^1].Data.Status.ShouldBe("failed");
        (await Store.MarkLostAsync(made.Id, "Again.", Cancel)).ShouldBeFalse();
        (await Store.RescueAsync(new JobRescue(made.Id, "remote", null, "Too late."), Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Expired)]
    public async Task MarkLost_AnyOther_ChangesNothing(JobStatus status)
    {
        var job = await AddedInAsync(status);
        var before = await GetAsync(job.Id);

        (await Store.MarkLostAsync(job.Id, "Not there.", Cancel)).ShouldBeFalse();

        (await GetAsync(job.Id)).ShouldBeEquivalentTo(before);
    }
}
