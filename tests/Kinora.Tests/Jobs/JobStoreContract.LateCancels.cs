using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A wish to cancel that comes while a worker is in the middle of a step.</summary>
public abstract partial class JobStoreContract
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("The provider does not answer.", 3)]
    public async Task Cancel_InTheMiddleOfALook_IsDueAtItsEnd(string? reason, int faults)
    {
        var id = await CancelledMeanwhileAsync(JobStatus.Running);

        (await ApplyAsync(id, JobStatus.Running, JobStatus.Running, u => u with { Reason = reason, Faults = faults })).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().CancelRequested.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("The provider does not answer.", 3)]
    public async Task Cancel_TheWorkerBeganWith_IsNotDueAgainAtOnce(string? reason, int faults)
    {
        var id = await CancelledMeanwhileAsync(JobStatus.Running);

        (await ApplyAsync(id, JobStatus.Running, JobStatus.Running, u => u with { Reason = reason, Faults = faults, KnowsOfCancel = true })).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfACreateThatWasNotSent_IsDueAtItsEnd()
    {
        var id = await CancelledMeanwhileAsync(JobStatus.Submitting);

        (await ApplyAsync(id, JobStatus.Submitting, JobStatus.Queued, u => u with { Reason = "Not sent." })).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldHaveSingleItem().CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_WhileTheWorkerGoesOn_LeavesHimHisLease()
    {
        var id = await CancelledMeanwhileAsync(JobStatus.Running);

        (await ApplyAsync(id, JobStatus.Running, JobStatus.Collecting, u => u with { Reason = "It is there.", KeepLease = true })).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("The provider works.")]
    public async Task Look_OfAJobThatNobodyWantsCancelled_IsDueWhenItSays(string? reason)
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now);
        await ClaimOneAsync(made.Id);

        (await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Reason = reason, Faults = 0 })).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldBeEmpty();
    }

    /// <summary>A worker holds it and does not know of the wish.</summary>
    private async Task<JobId> CancelledMeanwhileAsync(JobStatus state)
    {
        var made = await AddedInAsync(state, due: _clock.Now);
        (await ClaimOneAsync(made.Id)).CancelRequested.ShouldBeFalse();
        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();
        return made.Id;
    }
}
