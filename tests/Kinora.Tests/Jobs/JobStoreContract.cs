using Kinora.Events;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What every <see cref="IJobStore"/> promises, whichever database is below it.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TimeProvider Clock => _clock;

    protected IJobStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more store, with connections of its own, on the same database.</summary>
    protected abstract Task<IJobStore> OpenAsync();

    /// <summary>Changes a row behind the store's back, in SQL that every database understands.</summary>
    protected abstract Task ExecuteAsync(string sql);

    private protected Job NewJob(string owner = "ann", string provider = "fake", string prompt = "a fox") => TestJobs.New(_clock.Now, owner, provider, prompt);

    private protected Task<Job> AddAsync(string prompt = "a fox") => AddAsync(NewJob(prompt: prompt));

    private protected async Task<Job> AddAsync(Job job) => (await Store.CreateAsync(new NewJob(job, null), Cancel)).Job;

    private protected async Task<Job> GetAsync(JobId id) => (await Store.GetAsync(id, null, Cancel))!;

    private protected Task<ClaimResult> ClaimAsync(IJobStore? store = null, int slots = 100, bool suspect = true) => (store ?? Store).ClaimAsync(
        new ClaimRequest("worker", new Dictionary<string, int> { ["fake"] = slots }, _clock.Now, _clock.Now + Lease, suspect), Cancel);

    private protected async Task<Job> ClaimOneAsync(JobId id) => (await ClaimAsync()).Jobs.Single(j => j.Id == id);

    private protected Task<RenewResult> RenewAsync(Job held, double? progress = null) =>
        Store.RenewAsync(new JobLease(held.Id, held.Fence), _clock.Now + Lease, progress, Cancel);

    /// <summary>Writes under the newest fence.</summary>
    private protected async Task<bool> ApplyAsync(JobId id, JobStatus from, JobStatus to, Func<JobUpdate, JobUpdate>? change = null)
    {
        var update = new JobUpdate
        {
            Lease = new JobLease(id, (await GetAsync(id)).Fence),
            From = from,
            To = to,
            Now = _clock.Now,
            Due = _clock.Now + TimeSpan.FromMinutes(1),
        };
        return await Store.ApplyAsync(change?.Invoke(update) ?? update, Cancel);
    }

    /// <summary>A job brought to a state by allowed moves.</summary>
    private protected async Task<Job> AddedInAsync(JobStatus state, DateTimeOffset? due = null)
    {
        var made = await AddAsync();
        JobStatus[] way = state switch
        {
            JobStatus.Queued => [],
            JobStatus.Submitting => [JobStatus.Submitting],
            JobStatus.Running => [JobStatus.Submitting, JobStatus.Running],
            JobStatus.Collecting => [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting],
            JobStatus.Completed => [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting, JobStatus.Completed],
            JobStatus.Expired => [JobStatus.Submitting, JobStatus.Running, JobStatus.Expired],
            JobStatus.SubmissionUnknown => [JobStatus.Submitting, JobStatus.SubmissionUnknown],
            _ => [state],
        };
        var from = JobStatus.Queued;
        foreach (var to in way)
        {
            (await ApplyAsync(made.Id, from, to, u => u with
            {
                RemoteId = to == JobStatus.Running ? "remote" : null,
                Due = due ?? u.Due,
                ErrorCode = to.IsFinal() && to != JobStatus.Completed ? "code" : null,
            })).ShouldBeTrue();
            from = to;
        }

        return await GetAsync(made.Id);
    }

    private protected async Task<IReadOnlyList<JobEvent>> EventsAsync(JobId id) =>
        (await Store.EventsAfterAsync(0, 10_000, Cancel)).Where(e => e.JobId == id).ToList();

    private async Task<IReadOnlyList<JobId>> ListIdsAsync(JobQuery query) =>
        (await Store.ListAsync(query, Cancel)).Jobs.Select(j => j.Id).ToList();
}
