using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>
/// A vendor whose jobs are tasks: one request makes a task, looks tell how it stands, a link leads to what it made. A folder says how requests are written and
/// answers are read; everything that must never go wrong is here and in <see cref="ApiClient"/>.
/// </summary>
internal abstract class TaskProvider : IMediaProvider, IDisposable
{
    protected TaskProvider(TaskSite site, ProviderTraits traits, TimeProvider clock)
    {
        (Site, Traits, Clock) = (site, traits, clock);
        Api = new ApiClient(site.Name, site.Endpoint, clock, site.Timeout);
        Files = new FileFetcher(site.Name, site.Endpoint, clock, site.Timeout);
    }

    public string Name => Site.Name;

    public ProviderTraits Traits { get; }

    protected TaskSite Site { get; }

    protected ApiClient Api { get; }

    protected FileFetcher Files { get; }

    protected TimeProvider Clock { get; }

    /// <summary>The models known here, as data of this folder.</summary>
    protected abstract IReadOnlyList<ModelInfo> Known { get; }

    /// <summary>The known models; those that are configured, where some are.</summary>
    public virtual ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) =>
        ValueTask.FromResult(Site.Models.Count == 0 ? Known : [.. Site.Models.Select(Describe).OfType<ModelInfo>()]);

    public virtual ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) => ValueTask.FromResult(Describe(modelName));

    public async Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline)
    {
        HttpRequestMessage request;
        try
        {
            request = await WriteAsync(submission, deadline);
        }
        catch (UnsayableException reason)
        {
            return new SubmitOutcome.Refused(ErrorCodes.UnsupportedByModel, $"{Name} {reason.Message}");
        }
        catch (UnsentException end)
        {
            return end.Outcome;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or KinoraException or OperationCanceledException)
        {
            return new SubmitOutcome.NotSent("A file of this job could not be read; nothing was sent.") { IsLocal = true };
        }

        using (request)
        {
            // Who does not know the header passes over it.
            request.Headers.TryAddWithoutValidation("Idempotency-Key", submission.JobId.Hex);
            return await KeepAsync(await Api.CreateAsync(request, reply => ReadCreate(reply, submission), deadline, AnswerCap(submission)), submission);
        }
    }

    public virtual async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, LookAddress(job));
        return await Api.CheckAsync(request, reply => ReadLook(reply, job), cancel);
    }

    public virtual Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel) =>
        Files.OpenAsync(output.Url ?? "", offset, output.Tag, cancel);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The one request that makes the task.</summary>
    /// <exception cref="UnsayableException">It cannot be said there.</exception>
    /// <exception cref="UnsentException">What must be there before it (an uploaded picture) could not be brought there.</exception>
    protected abstract Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel);

    /// <summary>Reads an answer with a 2xx status; null when it proves nothing.</summary>
    protected abstract SubmitOutcome? ReadCreate(ApiReply reply, Submission submission);

    /// <summary>The most an answer to a create may weigh, in bytes: more than usual only where it holds the result itself.</summary>
    protected virtual int AnswerCap(Submission submission) => ApiClient.AnswerCap;

    /// <summary>Called with what became of a create, before anybody else knows: to put on disk what exists nowhere else.</summary>
    protected virtual Task<SubmitOutcome> KeepAsync(SubmitOutcome outcome, Submission submission) => Task.FromResult(outcome);

    /// <summary>Where a task is looked at.</summary>
    protected abstract Uri LookAddress(RemoteJob job);

    /// <summary>Reads an answer with a 2xx status; null when it makes no sense.</summary>
    protected abstract CheckOutcome? ReadLook(ApiReply reply, RemoteJob job);

    /// <summary>The row of a model that the operator has listed and that is not known here: nothing is checked for it, and nothing is promised.</summary>
    protected virtual ModelInfo Unlisted(string name) =>
        new() { Id = $"{Name}/{name}", Title = $"{name} at {Name}", FirstFrame = true, Audio = AudioRule.Unknown, Source = "the operator's settings" };

    protected CheckOutcome.Running Running(ApiReply reply, double? progress, string? word) =>
        new(progress, Api.Redactor.Clean(word ?? ""), RetryAfter.NextLook(reply.Headers, Clock));

    /// <summary>An end without a result.</summary>
    /// <param name="error">What the provider says of it; null when it says nothing.</param>
    protected CheckOutcome.Failed Ended(RemoteState state, ProviderError? error, decimal? cost = null) => RemoteEnd.Read(Name, Api.Redactor, state, error, cost);

    /// <summary>An end that is said to have a result, and does not say where.</summary>
    protected CheckOutcome.Failed NoLink(MediaKind kind, decimal? cost = null) =>
        new(ErrorCodes.AssetMissing, $"{Name} says that it is done, and gave no link to a {kind.Word()}.", cost);

    /// <summary>Asks for a task to be stopped; true when it is, or is no longer there.</summary>
    protected async Task<bool> StopAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            var (reply, _) = await Api.AskAsync(request, cancel);
            return reply is { IsPage: false } && (reply.IsSuccess || reply.Code is 404 or 410);
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        Api.Dispose();
        Files.Dispose();
    }

    private ModelInfo? Describe(string name) => Site.Models.Count > 0 && !Site.Models.Contains(name, StringComparer.Ordinal) ? null
        : Known.FirstOrDefault(model => model.Name == name)
            ?? (Site.Models.Count == 0 ? null : Unlisted(name));
}
