using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Listed;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>OpenRouter: videos are tasks, pictures come with the answer, models and prices come from its own lists.</summary>
/// <param name="file">Where the lists are kept; null: nowhere.</param>
/// <param name="webhookSecret">What calls are signed with; null when the workspace has no such secret, or it is not known here.</param>
internal sealed class OpenRouterProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, string? file, string? webhookSecret)
    : ListedProvider(site, traits, clock, file, OpenRouterModels.Lists(site.Name)), ICallbackProvider
{
    public override async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel) =>
        job.Request.Kind == MediaKind.Image ? AnsweredPictures.Check(job, Name) : await base.CheckAsync(job, progress, cancel);

    /// <summary>The key goes below the configured address only; a store's signed links, wherever they are, must not see it.</summary>
    public override async Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel)
    {
        var content = ContentLink(job.RemoteId);
        var link = output.Url ?? content;
        var outcome = await Files.OpenAsync(link, offset, output.Tag, cancel, withKey: IsOwn(link));

        // A signed link dies before the content path does; what comes from another place is begun anew.
        return outcome is OpenOutcome.Gone && link != content && await Files.OpenAsync(content, 0, null, cancel) is OpenOutcome.Opened opened ? opened : outcome;
    }

    /// <summary>Signed over <c>TIME,BODY</c> (https://openrouter.ai/docs/cookbook/video-generation/video-generation-webhooks, read 2026-11-22). Without the secret it is a hint to look.</summary>
    public ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel) => ValueTask.FromResult<CallbackVerdict>(
        string.IsNullOrEmpty(webhookSecret)
        || TimedSignature.IsSigned(message.Headers.GetValueOrDefault("X-OpenRouter-Signature"), ',', message.Body.Span, webhookSecret, Clock.GetUtcNow())
            ? new CallbackVerdict.Look()
            : new CallbackVerdict.Forged());

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var model = Find(submission.ModelName);
        var (path, body) = submission.Request.Kind == MediaKind.Image
            ? ("/images", await OpenRouterRequest.ImageAsync(submission, model, cancel))
            : ("/videos", await OpenRouterRequest.VideoAsync(submission, model, cancel));
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(path)) { Content = JsonBody.Of(body, OpenRouterJson.Default.WireCreate) };
    }

    protected override int AnswerCap(Submission submission) => submission.Request.Kind == MediaKind.Image ? AnsweredPictures.AnswerCap(submission) : ApiClient.AnswerCap;

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (submission.Request.Kind == MediaKind.Image)
        {
            return reply.Read(OpenRouterJson.Default.WirePictures) is { Data: { } made } answer
                ? new SubmitOutcome.Finished(submission.JobId.Hex, AnsweredPicture.Outputs(made, Api.Endpoint, Api.Redactor), Cost(answer.Usage))
                : null;
        }

        return reply.Read(OpenRouterJson.Default.WireTask) is { Id: { } id } task && Loose.IsPathId(id)
            ? new SubmitOutcome.Accepted(id, JsonSerializer.Serialize(new RemoteNote(task.PollingUrl), OpenRouterJson.Default.RemoteNote))
            : null;
    }

    protected override Task<SubmitOutcome> KeepAsync(SubmitOutcome outcome, Submission submission) => AnsweredPictures.KeepAsync(outcome, submission);

    /// <summary>Where they said, as long as that is at home; else where it always is.</summary>
    protected override Uri LookAddress(RemoteJob job) =>
        job.RemoteData is { } data && JsonSerializer.Deserialize(data, OpenRouterJson.Default.RemoteNote)?.PollingUrl is { Length: > 0 } told
            && Uri.TryCreate(Api.Endpoint.BaseUrl, told, out var address) && IsOwn(address.AbsoluteUri)
            ? address
            : Api.Endpoint.At($"/videos/{Uri.EscapeDataString(job.RemoteId)}");

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(OpenRouterJson.Default.WireTask) is not { Status: { } word } task)
        {
            return null;
        }

        var state = StatusWords.Read(word);
        return state switch
        {
            RemoteState.Completed => new CheckOutcome.Finished([new RemoteOutput { Url = Link(task) ?? ContentLink(job.RemoteId) }], Cost(task.Usage)),
            RemoteState.Queued or RemoteState.Running => Running(reply, Loose.Percent(task.Progress), word),
            _ => Ended(state, ProviderError.Read(reply), Cost(task.Usage)),
        };
    }

    private static decimal? Cost(WireUsage? usage) => usage?.Cost is >= 0 and < 1e9 and var usd ? (decimal)usd : null;

    private string? Link(WireTask task) => (task.UnsignedUrls ?? []).Concat(task.Urls ?? [])
        .Select(link => link is { Length: > 0 } && Uri.TryCreate(Api.Endpoint.BaseUrl, link, out var url) ? url.AbsoluteUri : null).FirstOrDefault(link => link is not null);

    private string ContentLink(string id) => Api.Endpoint.At($"/videos/{Uri.EscapeDataString(id)}/content?index=0").AbsoluteUri;

    /// <summary>True for an address below the configured one.</summary>
    private bool IsOwn(string link) => Uri.TryCreate(link, UriKind.Absolute, out var url) && Api.Endpoint.IsBelow(url);
}
