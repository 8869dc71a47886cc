using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>Ark's Seedance and MiniMax's H3: one form of request, an array of words, pictures and videos with roles.</summary>
/// <param name="watermark">Whether results are to be marked as made by a model, visibly.</param>
internal class ContentArrayProvider(ContentVendor vendor, TaskSite site, ProviderTraits traits, TimeProvider clock, bool watermark)
    : TaskProvider(site, traits, clock), ICancellingProvider, ICallbackProvider
{
    /// <summary>The longest challenge that is echoed, in characters of JSON.</summary>
    private const int LongestChallenge = 1_000;

    protected ContentVendor Vendor => vendor;

    protected override IReadOnlyList<ModelInfo> Known { get; } = vendor.Models(site.Name, site.Endpoint.BaseUrl);

    /// <summary>
    /// Only a task that waits can be stopped. The same request deletes a finished one, and with it a video that is paid: so it is looked at first.
    /// </summary>
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        using var look = new HttpRequestMessage(HttpMethod.Get, LookAddress(job));
        var (reply, _) = await Api.AskAsync(look, cancel);
        return (reply is { IsSuccess: true } ? TaskIn(reply)?.Status : null) switch
        {
            null => reply is { IsPage: false, Code: 404 or 410 },
            var word => StatusWords.Read(word) switch
            {
                RemoteState.Cancelled => true,
                RemoteState.Queued => await StopAsync(new HttpRequestMessage(HttpMethod.Delete, Api.Endpoint.At(vendor.Stop + Uri.EscapeDataString(job.RemoteId))), cancel),
                _ => false,
            },
        };
    }

    public ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel) => ValueTask.FromResult<CallbackVerdict>(
        vendor.Challenges && Challenge(message.Body) is { } challenge ? new CallbackVerdict.Echo(challenge) : new CallbackVerdict.Look());

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel) => new(HttpMethod.Post, Api.Endpoint.At(vendor.Create))
    {
        Content = JsonBody.Of(await new ContentRequest(vendor, Name, watermark).WriteAsync(submission, cancel), ContentJson.Default.WireCreate),
    };

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission) =>
        reply.Read(ContentJson.Default.WireTask) is { } made && (made.TaskId ?? made.Id) is { } id && Loose.IsPathId(id) ? new SubmitOutcome.Accepted(id) : null;

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At(vendor.Look + Uri.EscapeDataString(job.RemoteId));

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (TaskIn(reply) is not { Status: { } word } task)
        {
            return null;
        }

        return (StatusWords.Read(word), task.Content?.VideoUrl ?? task.Content?.Url) switch
        {
            (RemoteState.Completed, { Length: > 0 } link) => new CheckOutcome.Finished([new RemoteOutput { Url = link }], Charge(task, job)),
            (RemoteState.Completed, _) => NoLink(MediaKind.Video),
            (RemoteState.Queued or RemoteState.Running, _) => Running(reply, null, word),
            var (state, _) => Ended(state, Spoken(ProviderError.Read(task.Error))),
        };
    }

    private static WireTask? TaskIn(ApiReply reply) => reply.Read(ContentJson.Default.WireTask) is { } answer ? answer.Task ?? answer : null;

    private decimal? Charge(WireTask task, RemoteJob job) =>
        vendor.Charge is { } charge && Known.FirstOrDefault(model => model.Name == job.ModelName)?.Price is { } price ? charge(price, task, job) : null;

    private ProviderError? Spoken(ProviderError? error) => error is not null && vendor.ErrorWords.TryGetValue(error.Code, out var words) ? error with { Code = words } : error;

    private static string? Challenge(ReadOnlyMemory<byte> body) =>
        LooseElements.Parse(body.Span).At("challenge") is var challenge && challenge.Text() is { Length: <= LongestChallenge }
            ? new JsonObject { ["challenge"] = JsonValue.Create(challenge) }.ToJsonString()
            : null;
}
