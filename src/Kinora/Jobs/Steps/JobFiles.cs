using Kinora.Assets;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Jobs.Steps;

/// <summary>Puts together what a provider is given: the job, its inputs, its source and its scratch folder.</summary>
internal sealed class JobFiles(IJobStore store, IAssetStore assets, ICallbackAddresses? callbacks)
{
    /// <summary>How far back prompts are gathered.</summary>
    private const int MaxAncestors = 50;

    public async Task<Submission> SubmissionAsync(Job job, CancellationToken cancel) => new()
    {
        JobId = job.Id,
        ModelName = ModelName(job),
        Request = ForProvider(job.Request),
        Source = await SourceAsync(job, cancel),
        SentUntil = RestoredJob.Is(job) ? job.UpdatedAt : null,
        CallbackUrl = callbacks?.Of(job.Id),
        Inputs = assets,
        WorkFolder = assets.WorkFolder(job.Id),
    };

    /// <summary>
    /// The same with every file of it on local disk: what the store cannot give must show before anything is promised, not in the middle of a paid call.
    /// </summary>
    /// <exception cref="Errors.KinoraException"><c>asset_missing</c>, <c>storage_unavailable</c>, <c>storage_full</c>, <c>storage_damaged</c>.</exception>
    public async Task<Submission> ReadyAsync(Job job, CancellationToken cancel)
    {
        var submission = await SubmissionAsync(job, cancel);
        return submission with { Inputs = await ReadyInputs.OfAsync(assets, submission.Request, cancel) };
    }

    /// <param name="needsSourceFile">False where only the provider's copy is of interest: then its path is empty.</param>
    public async Task<RemoteJob> RemoteAsync(Job job, CancellationToken cancel, bool needsSourceFile = true) => new()
    {
        JobId = job.Id,
        ModelName = ModelName(job),
        Request = ForProvider(job.Request),
        Source = await SourceAsync(job, cancel, needsSourceFile),
        Inputs = assets,
        RemoteId = job.RemoteId!,
        RemoteData = job.RemoteData,
        WorkFolder = assets.WorkFolder(job.Id),
    };

    /// <summary>Brings here what came with the answer to its create on another machine; true when something was brought.</summary>
    public Task<bool> FetchWorkAsync(Job job, CancellationToken cancel) => assets.FetchWorkAsync(job.Id, cancel);

    /// <summary>What goes on from a last frame has it with it: that is all a provider needs.</summary>
    private static GenerationRequest ForProvider(GenerationRequest request) =>
        Continues(request) ? request with { Operation = Operation.Create, Source = null, SourceVideo = null } : request;

    private static bool Continues(GenerationRequest request) => request.Operation is Operation.Continue or Operation.Append;

    private async Task<SourceJob?> SourceAsync(Job job, CancellationToken cancel, bool needsFile = true)
    {
        if (Continues(job.Request) || job.SourceId is not { } sourceId || await FindAsync(job, sourceId, cancel) is not { } source)
        {
            return null;
        }

        var (index, kept) = (job.Request.SourceIndex, job.Request.SourceVideo);
        var file = source.Assets.FirstOrDefault(a => a.Role == AssetRole.Video || (a.Role == AssetRole.Image && a.Index == index));
        var prompts = new List<string> { source.Request.Prompt };
        var ancestor = source;
        while (ancestor.SourceId is { } id && prompts.Count < MaxAncestors && await store.GetAsync(id, job.Owner, cancel) is { } older)
        {
            prompts.Insert(0, older.Request.Prompt);
            ancestor = older;
        }

        return new SourceJob(
            sourceId,
            source.RemoteId,
            source.Provider,
            source.Request,
            !needsFile ? "" : kept is not null ? await assets.PathAsync(kept, cancel) : file is null ? "" : await assets.LocalPathAsync(file, cancel),
            prompts)
        {
            MimeType = kept?.MimeType ?? file?.MimeType,
            RemoteOutputId = source.Outputs.Count > index ? source.Outputs[index].Id : null,
            RemoteData = source.RemoteData,
            RemoteUrl = source.Outputs.Count > index ? source.Outputs[index].Url : null,
        };
    }

    /// <summary>One whose file was kept with the request may be deleted meanwhile: its words are still in its row.</summary>
    private Task<Job?> FindAsync(Job job, JobId source, CancellationToken cancel) =>
        job.Request.SourceVideo is null ? store.GetAsync(source, job.Owner, cancel) : store.GetDeletedTooAsync(source, job.Owner, cancel);

    private static string ModelName(Job job) => job.Model[(job.Provider.Length + 1)..];
}
