using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>
/// A server with <c>/videos</c> in the shape of OpenAI's Videos API. What differs between servers is the <see cref="Dialect"/>; the two subclasses
/// add what only some can do.
/// </summary>
internal class OpenAiVideosProvider : IMediaProvider, IDisposable
{
    // A blocking server may answer a create with the video itself, in base64.
    private const int BlockingAnswerCap = 96 * 1024 * 1024;

    private readonly OpenAiVideosOptions _options;
    private readonly TimeProvider _clock;
    private readonly FileFetcher _files;
    private readonly OpenAiVideosModels _models;

    public OpenAiVideosProvider(OpenAiVideosOptions options, ProviderTraits traits, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        Traits = traits;
        var endpoint = new Endpoint(options.BaseUrl, options.ApiKey);
        Api = new ApiClient(options.Name, endpoint, clock, options.Timeout);
        _files = new FileFetcher(options.Name, endpoint, clock, options.Timeout);
        _models = new OpenAiVideosModels(options, Api, clock);
    }

    public string Name => _options.Name;

    public ProviderTraits Traits { get; }

    protected ApiClient Api { get; }

    public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) => _models.ListAsync(cancel);

    public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) => ValueTask.FromResult(_models.Describe(modelName));

    public async Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline)
    {
        HttpRequestMessage? request;
        try
        {
            (request, var refusal) = await new CreateRequest(_options, Api.Endpoint).WriteAsync(submission, deadline);
            if (request is null)
            {
                return refusal!;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or KinoraException or OperationCanceledException)
        {
            return new SubmitOutcome.NotSent("A file of this job could not be read; nothing was sent.") { IsLocal = true };
        }

        using (request)
        {
            return await Api.CreateAsync(request, reply => ReadCreate(reply, submission), deadline, _options.Dialect.Blocks ? BlockingAnswerCap : ApiClient.AnswerCap);
        }
    }

    public async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        var wrongDoor = false;
        var outcome = await LookAsync(VideoPath(job), job, cancel, reply => wrongDoor = reply.Code == 404 || (reply.IsSuccess && reply.IsPage));

        // One relay keeps text jobs here and picture jobs there (leon30083/juxin-Sora-MCP, read 2026-11-21).
        if (wrongDoor && _options.Dialect.OtherPoll is { } other)
        {
            var second = await LookAsync(other.Replace("{id}", Uri.EscapeDataString(job.RemoteId), StringComparison.Ordinal), job, cancel);
            return second is CheckOutcome.Missing or CheckOutcome.Unreachable ? outcome : second;
        }

        return outcome;
    }

    public async Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel)
    {
        var content = ContentLink(job.RemoteId);
        var link = output.Url ?? content;
        var outcome = await _files.OpenAsync(link, offset, output.Tag, cancel);

        // A relay's link dies before its content path does; what came from another place is begun anew.
        if (outcome is OpenOutcome.Gone && _options.Dialect.Links && link != content)
        {
            return await _files.OpenAsync(content, 0, null, cancel) is OpenOutcome.Opened opened ? opened : outcome;
        }

        // SGLang says 404 until the job is done, and some say "completed" a moment before the file is there.
        return outcome is OpenOutcome.Gone && link == content && await LookAsync(VideoPath(job), job, cancel) is CheckOutcome.Running
            ? new OpenOutcome.Unreachable($"{Name} has not finished the video yet.")
            : outcome;
    }

    public void Dispose()
    {
        Api.Dispose();
        _files.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string VideoPath(RemoteJob job) => $"/videos/{Uri.EscapeDataString(job.RemoteId)}";

    private SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (reply.Read(OpenAiVideosJson.Default.WireVideo) is not { } answer)
        {
            return null;
        }

        var video = VideoReading.Unwrapped(answer);
        var id = VideoReading.RemoteId(video);
        if (VideoReading.Delivered(video) is { } output)
        {
            return new SubmitOutcome.Finished(id ?? submission.JobId.Hex, [output]);
        }

        return id is null ? null
            : StateOf(video) == RemoteState.Completed ? new SubmitOutcome.Finished(id, [OutputOf(video, id)])
            : new SubmitOutcome.Accepted(id, NextLook: RetryAfter.NextLook(reply.Headers, _clock));
    }

    private async Task<CheckOutcome> LookAsync(string path, RemoteJob job, CancellationToken cancel, Action<ApiReply>? seen = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api.Endpoint.At(path));
        return await Api.CheckAsync(request, reply => ReadCheck(reply, job.RemoteId), cancel, seen);
    }

    // The id asked with stays ours: some relays answer with another one (public clients of yunwu.ai, read 2026-11-21).
    private CheckOutcome? ReadCheck(ApiReply reply, string id)
    {
        if (reply.Read(OpenAiVideosJson.Default.WireVideo) is not { } answer)
        {
            return null;
        }

        var video = VideoReading.Unwrapped(answer);
        var state = StateOf(video);
        if (state is RemoteState.Failed or RemoteState.Cancelled or RemoteState.Expired)
        {
            return Failed(reply, video, state);
        }

        if (VideoReading.Delivered(video) is { } output)
        {
            return new CheckOutcome.Finished([output]);
        }

        if (state == RemoteState.Completed)
        {
            return new CheckOutcome.Finished([OutputOf(video, id)]);
        }

        return video.Status is { } word
            ? new CheckOutcome.Running(VideoReading.Progress(video), Api.Redactor.Clean(word), RetryAfter.NextLook(reply.Headers, _clock))
            : NoStatus(reply);
    }

    // A 200 without a status is an error in disguise: {code:"task_not_exist", message}.
    private CheckOutcome.Missing? NoStatus(ApiReply reply) =>
        ProviderError.Read(reply) is { } error && (error.Code.Contains("not_exist", StringComparison.Ordinal) || error.Code.Contains("not_found", StringComparison.Ordinal))
            ? new CheckOutcome.Missing($"{Name} does not know the job: {Api.Say(reply)}.")
            : null;

    private CheckOutcome.Failed Failed(ApiReply reply, WireVideo video, RemoteState state)
    {
        var error = ProviderError.Read(reply)
            ?? ProviderError.Read(video.Detail.At("pending_info"))
            ?? ProviderError.None;
        return RemoteEnd.Read(Name, Api.Redactor, state, error);
    }

    // On relays a link counts as done whatever the word says, except a word for failure.
    private RemoteState StateOf(WireVideo video)
    {
        var state = _options.Dialect.Read(video.Status);
        return state is RemoteState.Queued or RemoteState.Running && _options.Dialect.Links && VideoReading.Link(video) is not null ? RemoteState.Completed : state;
    }

    private RemoteOutput OutputOf(WireVideo video, string id) =>
        new() { Url = (_options.Dialect.Links ? VideoReading.Link(video) : null) ?? ContentLink(id) };

    private string ContentLink(string id) => Api.Endpoint.At($"/videos/{Uri.EscapeDataString(id)}/content").AbsoluteUri;
}
