using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs.Steps;
using Kinora.Providers;

namespace Kinora.Jobs;

/// <summary>
/// Jobs that were sent and of which no answer proves what became of them. Nothing sends them again: the operator looks into the account at the provider, and
/// says here what he found. Theirs is the money of the account, so this is for operators only. What its owner has deleted meanwhile is among them: it may have
/// been paid, and counts against his budget until it is settled.
/// </summary>
public sealed class UnknownJobs(IJobStore store, IAssetStore assets, ProviderSet providers)
{
    /// <summary>Characters of the longest id that any provider gives out, with room to spare.</summary>
    private const int LongestRemoteId = 512;

    private const string AnothersId = "Another job here has that id already, so it is not this one's.";

    /// <summary>How long the provider may take to say whether it knows the id.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Those of every owner, the newest first.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(int limit, CancellationToken cancel) =>
        (await store.ListAsync(new JobQuery(null, limit) { Status = JobStatus.SubmissionUnknown, DeletedToo = true }, cancel)).Jobs;

    /// <summary>It is not at the provider: it has failed, nothing was charged, and what was reserved for it is free again.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>; <c>invalid_request</c> where its fate is known.</exception>
    public async Task<Job> LostAsync(string id, CancellationToken cancel)
    {
        var job = await FindAsync(id, cancel);
        return await store.MarkLostAsync(job.Id, "Looked up by the operator: the provider does not have it, and nothing was charged.", cancel)
            ? await AfterAsync(job, cancel)
            : throw Known(await AfterAsync(job, cancel));
    }

    /// <summary>It is at the provider under that id: it goes on from there. One that its owner has deleted is his again, as it was paid.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>; <c>invalid_request</c> where its fate is known, or the id is not that of a job there that can be this one.</exception>
    public async Task<Job> FoundAsync(string id, string remoteId, CancellationToken cancel)
    {
        var job = await FindAsync(id, cancel);
        if (remoteId.Length is 0 or > LongestRemoteId || remoteId.Any(char.IsControl))
        {
            throw Refused($"The provider's id is text of 1 to {LongestRemoteId} characters.");
        }

        if (!providers.TryGet(job.Provider, out var provider))
        {
            throw new KinoraException(ErrorCodes.ProviderNotAllowed, $"The job's provider \"{job.Provider}\" is not configured here, so it cannot be asked. Set its key or its settings again.");
        }

        if (await store.OwnsRemoteAsync(job.Provider, remoteId, cancel))
        {
            throw Refused(AnothersId);
        }

        await RequireThereAsync(provider, job, remoteId, cancel);
        var found = new JobRescue(job.Id, remoteId, null, "Found at the provider by the operator.") { OnlyUnowned = true };
        var done = await store.RescueAsync(found, cancel);
        var after = await AfterAsync(job, cancel);
        return done ? after : throw (after.Status == JobStatus.SubmissionUnknown ? Refused(AnothersId) : Known(after));
    }

    private async Task RequireThereAsync(IMediaProvider provider, Job job, string remoteId, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_patience);
        var remote = await new JobFiles(store, assets, callbacks: null).RemoteAsync(job with { RemoteId = remoteId }, cancel);
        try
        {
            var fault = await provider.CheckAsync(remote, new Progress<double>(), limit.Token) switch
            {
                CheckOutcome.Missing missing => missing.Text,
                CheckOutcome.NotAllowed refused => refused.Text,
                CheckOutcome.Unreachable unreachable => unreachable.Text,
                _ => null,
            };
            if (fault is not null)
            {
                throw Refused($"It was not taken up under that id: {fault}");
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Refused($"It was not taken up: {provider.Name} did not answer within {_patience.TotalSeconds:0} seconds. Try again.");
        }
    }

    private async Task<Job> FindAsync(string id, CancellationToken cancel)
    {
        if (!JobId.TryParse(id, out var jobId) || await store.GetDeletedTooAsync(jobId, owner: null, cancel) is not { } job)
        {
            throw KinoraException.NotFound("job");
        }

        if (job.Status == JobStatus.SubmissionUnknown)
        {
            return job;
        }

        throw await store.GetAsync(job.Id, owner: null, cancel) is { } known ? Known(known) : KinoraException.NotFound("job");
    }

    private async Task<Job> AfterAsync(Job job, CancellationToken cancel) =>
        await store.GetDeletedTooAsync(job.Id, owner: null, cancel) ?? throw KinoraException.NotFound("job");

    private static KinoraException Known(Job job) => new(
        ErrorCodes.InvalidRequest, $"Only a job of unknown fate can be resolved (stage submission_unknown); {job.PublicId} is {job.Status.Word()}.");

    private static KinoraException Refused(string text) => KinoraException.Invalid([new Fault("remote_id", text)]);
}
