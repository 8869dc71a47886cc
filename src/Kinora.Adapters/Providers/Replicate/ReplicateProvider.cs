using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Replicate;

/// <summary>Replicate's predictions.</summary>
internal sealed class ReplicateProvider : HostedProvider, ICancellingProvider, ICallbackProvider, IReconcilingProvider
{
    /// <summary>What its own client sends within a request, in bytes before base64; larger files are uploaded there first.</summary>
    private const long MostInline = 10_000_000;

    private static readonly string[] _events = ["completed"];

    // Its words for what it would not show, with the code it gives them.
    private static readonly string[] _withheld = ["flagged as sensitive", "(E005)", "NSFW"];

    private readonly KeptKeys _secrets;

    public ReplicateProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models)
        : base(site, traits, clock, models)
    {
        _secrets = new KeptKeys(SecretAsync, clock);
    }

    /// <summary>A prediction that has ended already was paid for and is not given up.</summary>
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        var (reply, _) = await Api.AskAsync(new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(PathOf(job) + "/cancel")), cancel);
        return reply is { IsPage: false, Code: 404 or 410 }
            || (reply is { IsSuccess: true } && reply.Read(ReplicateJson.Default.WirePrediction) is { } task && StatusWords.Read(task.Status) is not (RemoteState.Completed or RemoteState.Failed));
    }

    /// <summary>Without the secret nothing is known about a call: it counts as one to look for, which does no harm.</summary>
    public async ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel)
    {
        var secrets = await _secrets.GetAsync(cancel);
        return secrets.Count == 0 || secrets.Any(secret => StandardWebhook.IsSigned(message, secret, Clock.GetUtcNow())) ? new CallbackVerdict.Look() : new CallbackVerdict.Forged();
    }

    public async Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        try
        {
            return await new ReplicateList(Api, Traits).FindAsync(await BodyAsync(submission, cancel), sentAt, submission.SentUntil ?? sentAt, isOwned, cancel);
        }
        catch (UnsayableException)
        {
            return new FindOutcome.NotThere();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or KinoraException)
        {
            return new FindOutcome.Unreachable("what was asked for cannot be read here now, so it cannot be compared with the list.");
        }
    }

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var body = await BodyAsync(submission, cancel);
        var path = body.Version is null ? $"/models/{RouteOf(submission).Path}/predictions" : "/predictions";
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(path)) { Content = JsonBody.Of(body, ReplicateJson.Default.WireCreate) };
    }

    /// <summary>A quick one may be done when it is answered.</summary>
    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (reply.Read(ReplicateJson.Default.WirePrediction) is not { Id: { } id } made || !Loose.IsPathId(id))
        {
            return null;
        }

        return StatusWords.Read(made.Status) == RemoteState.Completed && Outputs(made, submission.Request.Kind) is { Count: > 0 } outputs
            ? new SubmitOutcome.Finished(id, outputs)
            : new SubmitOutcome.Accepted(id);
    }

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At(PathOf(job));

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(ReplicateJson.Default.WirePrediction) is not { Status: { } word } task)
        {
            return null;
        }

        return StatusWords.Read(word) switch
        {
            RemoteState.Completed when Outputs(task, job.Request.Kind) is { Count: > 0 } outputs => new CheckOutcome.Finished(outputs),
            RemoteState.Completed when task.DataRemoved == true => new CheckOutcome.Failed(ErrorCodes.AssetExpired, $"{Name} made the {job.Request.Kind.Word()} and has deleted it, as it does after an hour."),
            RemoteState.Completed => NoLink(job.Request.Kind),
            RemoteState.Queued or RemoteState.Running => Running(reply, null, word),
            var end => ReadEnd(end, ProviderError.Read(reply)),
        };
    }

    protected override void Dispose(bool disposing)
    {
        _secrets.Dispose();
        base.Dispose(disposing);
    }

    private CheckOutcome.Failed ReadEnd(RemoteState end, ProviderError? error)
    {
        var failed = Ended(end, error);
        return end == RemoteState.Failed && _withheld.Any(word => error?.Text.Contains(word, StringComparison.OrdinalIgnoreCase) == true) ? failed with { Code = ErrorCodes.ContentPolicy } : failed;
    }

    private ModelRoute RouteOf(Submission submission) => Find(submission.ModelName, submission.Request.Kind).RouteFor(submission.Request, submission.Source);

    private async Task<WireCreate> BodyAsync(Submission submission, CancellationToken cancel)
    {
        var route = RouteOf(submission);
        var input = await Find(submission.ModelName, submission.Request.Kind).InputsAsync(submission, route, cancel);
        if (input.Values.Sum(value => value is DataUrl one ? one.Bytes.LongLength : (value as List<DataUrl>)?.Sum(file => file.Bytes.LongLength) ?? 0) > MostInline)
        {
            throw new UnsayableException("takes at most 10 MB of pictures in a request.");
        }

        var mark = route.Path.IndexOf(':', StringComparison.Ordinal);
        return new WireCreate
        {
            Version = mark < 0 ? null : route.Path[(mark + 1)..],
            Input = input,
            Webhook = submission.CallbackUrl?.AbsoluteUri,
            WebhookEventsFilter = submission.CallbackUrl is null ? null : _events,
        };
    }

    /// <summary>One link, or a list of them.</summary>
    private static List<RemoteOutput> Outputs(WirePrediction task, MediaKind kind) =>
    [
        .. task.Output.Items().Prepend(task.Output).Select(item => item.Text()).Where(link => link?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true)
            .Select(link => new RemoteOutput { Kind = kind, Url = link }),
    ];

    private async Task<IReadOnlyList<byte[]>> SecretAsync(CancellationToken cancel)
    {
        var (reply, _) = await Api.AskAsync(new HttpRequestMessage(HttpMethod.Get, Api.Endpoint.At("/webhooks/default/secret")), cancel);
        return reply is { IsSuccess: true } && StandardWebhook.KeyOf(reply.Read(ReplicateJson.Default.WireSecret)?.Key) is { } key ? [key] : [];
    }

    private static string PathOf(RemoteJob job) => $"/predictions/{Uri.EscapeDataString(job.RemoteId)}";
}
