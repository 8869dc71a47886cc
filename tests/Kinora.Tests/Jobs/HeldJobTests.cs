using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Who waits for his turn is told apart from who cannot go on.</summary>
public sealed class HeldJobTests
{
    [Theory]
    [InlineData(JobStatus.Queued, "", 0, false)]
    [InlineData(JobStatus.Queued, "auth_required: the key is not accepted.", 0, true)]
    [InlineData(JobStatus.Submitting, "Sending it to the provider.", 0, false)]
    [InlineData(JobStatus.Submitting, "Sending it to the provider.", 1, false)]
    [InlineData(JobStatus.Running, "The provider has it.", 0, false)]
    [InlineData(JobStatus.Running, "fake answered HTTP 500.", 1, true)]
    [InlineData(JobStatus.Running, "The provider answers again.", 0, false)]
    [InlineData(JobStatus.Running, "fake is not reachable at present. The job there goes on; it is looked at again at 10:00:00 UTC.", 0, true)]
    [InlineData(JobStatus.Collecting, "The result is not here yet: the line broke.", 2, true)]
    [InlineData(JobStatus.Completed, "Done.", 1, false)]
    [InlineData(JobStatus.Failed, "It was refused.", 3, false)]
    public void OnlyAnOpenJobThatSomethingKeeps_IsStalled(JobStatus status, string reason, int faults, bool stalled) =>
        HeldJob.IsStalled(TestJobs.New(DateTimeOffset.UnixEpoch) with { Status = status, Reason = reason, Faults = faults }).ShouldBe(stalled);
}
