using Kinora.Generation;
using Kinora.Jobs;
using Xunit;

namespace Kinora.Tests.Fakes;

/// <summary>Jobs brought to an end through a store alone, without an engine.</summary>
internal static class TestEnds
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A job that completed.</summary>
    public static async Task<JobId> CompleteAsync(IJobStore store, DateTimeOffset at, string owner = "ann", MediaKind kind = MediaKind.Video)
    {
        var job = await CreateAsync(store, at, owner, kind);
        var lease = new JobLease(job.Id, (await ClaimAsync(store, at)).Single(j => j.Id == job.Id).Fence);
        await MoveAsync(JobStatus.Queued, JobStatus.Submitting);
        await MoveAsync(JobStatus.Submitting, JobStatus.Collecting);
        await MoveAsync(JobStatus.Collecting, JobStatus.Completed);
        return job.Id;

        Task<bool> MoveAsync(JobStatus from, JobStatus to) =>
            store.ApplyAsync(new JobUpdate { Lease = lease, From = from, To = to, Now = at, Due = at.AddMinutes(1), KeepLease = true }, Cancel);
    }

    /// <summary>A job that ended without a result.</summary>
    /// <param name="end">Failed, expired or submission_unknown.</param>
    public static async Task<JobId> FailAsync(IJobStore store, DateTimeOffset at, string code, string text, JobStatus end = JobStatus.Failed)
    {
        var job = await CreateAsync(store, at, "ann", MediaKind.Video);
        var update = new JobUpdate
        {
            Lease = new JobLease(job.Id, (await ClaimAsync(store, at)).Single(j => j.Id == job.Id).Fence),
            From = JobStatus.Queued,
            To = JobStatus.Submitting,
            Now = at,
            Due = at.AddMinutes(1),
            KeepLease = true,
        };
        await store.ApplyAsync(update, Cancel);
        if (end == JobStatus.Expired)
        {
            await store.ApplyAsync(update with { From = JobStatus.Submitting, To = JobStatus.Running }, Cancel);
        }

        await store.ApplyAsync(
            update with { From = end == JobStatus.Expired ? JobStatus.Running : JobStatus.Submitting, To = end, Reason = text, ErrorCode = code, ErrorText = text }, Cancel);
        return job.Id;
    }

    /// <summary>A job that was cancelled before it was sent.</summary>
    public static async Task<JobId> CancelAsync(IJobStore store, DateTimeOffset at, string owner = "ann", MediaKind kind = MediaKind.Video)
    {
        var job = await CreateAsync(store, at, owner, kind);
        await store.RequestCancelAsync(job.Id, owner, Cancel);
        return job.Id;
    }

    private static async Task<Job> CreateAsync(IJobStore store, DateTimeOffset at, string owner, MediaKind kind) =>
        (await store.CreateAsync(new NewJob(TestJobs.From(new GenerationRequest { Prompt = "a fox", Kind = kind }, at, owner), null), Cancel)).Job;

    private static async Task<IReadOnlyList<Job>> ClaimAsync(IJobStore store, DateTimeOffset at) =>
        (await store.ClaimAsync(new ClaimRequest("test", new Dictionary<string, int> { ["fake"] = 100 }, at, at.AddMinutes(1)), Cancel)).Jobs;
}
