using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Xai;

/// <summary>xAI's videos and pictures: the paths are named like OpenAI's, the bodies and the rules of looking are others.</summary>
internal sealed class XaiProvider(TaskSite site, ProviderTraits traits, TimeProvider clock) : TaskProvider(site, traits, clock)
{
    private const decimal DollarsPerTick = 1e-10m;

    protected override IReadOnlyList<ModelInfo> Known { get; } = XaiModels.At(site.Name);

    public override async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel) =>
        job.Request.Kind == MediaKind.Image ? XaiImages.Check(job, Name) : await base.CheckAsync(job, progress, cancel);

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        var (path, body) = request switch
        {
            { Kind: MediaKind.Image } => await XaiImages.WriteAsync(submission, cancel),
            { Operation: Operation.Edit } => ("/videos/edits", Bare(submission) with { Video = Source(submission) }),
            { Operation: Operation.Extend } => ("/videos/extensions", Bare(submission) with { Video = Source(submission), Duration = (int?)request.Seconds }),
            _ => ("/videos/generations", await NewAsync(submission, cancel)),
        };
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(path)) { Content = JsonBody.Of(body, XaiJson.Default.WireCreate) };
    }

    protected override int AnswerCap(Submission submission) => submission.Request.Kind == MediaKind.Image ? AnsweredPictures.AnswerCap(submission) : ApiClient.AnswerCap;

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (submission.Request.Kind == MediaKind.Image)
        {
            var answer = reply.Read(XaiJson.Default.WirePictures);
            return XaiImages.Read(answer, submission, Cost(answer?.Usage), Api.Endpoint, Api.Redactor);
        }

        return reply.Read(XaiJson.Default.WireTask)?.RequestId is { } id && Loose.IsPathId(id) ? new SubmitOutcome.Accepted(id) : null;
    }

    protected override Task<SubmitOutcome> KeepAsync(SubmitOutcome outcome, Submission submission) => AnsweredPictures.KeepAsync(outcome, submission);

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At($"/videos/{Uri.EscapeDataString(job.RemoteId)}");

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(XaiJson.Default.WireTask) is not { } task)
        {
            return null;
        }

        var cost = Cost(task.Usage);
        var state = task.Status is null && task.Video?.Url is not null ? RemoteState.Completed : StatusWords.Read(task.Status);
        return (state, task.Video) switch
        {
            // Made and withheld: there is a video, and nobody gets it.
            (RemoteState.Completed, { RespectModeration: false }) => new CheckOutcome.Failed(ErrorCodes.ContentPolicy, $"{Name} made the video and withheld it for its content.", cost),
            (RemoteState.Completed, { Url: { } link }) => new CheckOutcome.Finished([new RemoteOutput { Url = link }], cost),
            (RemoteState.Completed, _) => NoLink(MediaKind.Video, cost),
            (RemoteState.Queued or RemoteState.Running, _) => task.Status is null && reply.Code != 202 ? null : Running(reply, Loose.Percent(task.Progress), task.Status),
            _ => Ended(state, ProviderError.Read(reply), cost),
        };
    }

    protected override ModelInfo Unlisted(string name) => base.Unlisted(name) with { Kinds = [MediaKind.Video, MediaKind.Image] };

    private static decimal? Cost(WireUsage? usage) => usage?.CostInUsdTicks is >= 0 and < 1e18 and var ticks ? (decimal)ticks * DollarsPerTick : null;

    private static async Task<WireCreate> NewAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        var words = XaiModels.Frames.Words(request.Size);
        if (request.References.Count > 0 && words?.Resolution == "1080p")
        {
            throw new UnsayableException("makes at most 720p from reference pictures.");
        }

        FrameWishes.RefuseWithReferences(request);

        return Bare(submission) with
        {
            Duration = (int?)request.Seconds,
            AspectRatio = words?.Ratio,
            Resolution = words?.Resolution,
            GenerateAudio = request.Audio,
            Image = request.FirstFrame is { } first ? new WireFile(await DataUrl.OfAsync(submission, first, cancel)) : null,
            LastFrame = request.LastFrame is { } last ? new WireFile(await DataUrl.OfAsync(submission, last, cancel)) : null,
            ReferenceImages = request.References.Count == 0 ? null
                : [.. await Task.WhenAll(request.References.Select(async picture => new WireFile(await DataUrl.OfAsync(submission, picture, cancel))))],
        };
    }

    private static WireCreate Bare(Submission submission) => new() { Model = submission.ModelName, Prompt = submission.Request.Prompt };

    /// <summary>It fetches what it goes on from: only links of its own are known to be open to it.</summary>
    private WireLink Source(Submission submission) => OwnSource.Of(submission, Name) is { RemoteUrl: { } link }
        ? new WireLink(link)
        : throw new UnsayableException("can only edit or extend what it made itself.");
}
