using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Gemini;

/// <summary>Gemini Omni's videos: interactions in the background, gone on from by their ids. Results lie at the API's own host and want the key.</summary>
internal sealed class GeminiProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, PublishedKeys keys)
    : TaskProvider(site, traits, clock), ICancellingProvider, ICallbackProvider
{
    private const string Interactions = "/v1beta/interactions";

    private readonly GeminiSignatures _signatures = new(keys, clock);

    protected override IReadOnlyList<ModelInfo> Known { get; } = GeminiModels.At(site.Name);

    /// <summary>An answer may also say that it was done before.</summary>
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At($"{Interactions}/{Uri.EscapeDataString(job.RemoteId)}/cancel"))
        {
            Content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = new("application/json") } },
        };
        var (reply, _) = await Api.AskAsync(request, cancel);
        return reply is { IsSuccess: true }
            ? StatusWords.Read(reply.Read(GeminiJson.Default.WireInteraction)?.Status) == RemoteState.Cancelled
            : reply is { IsPage: false, Code: 404 or 410 };
    }

    public async ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel) => await _signatures.JudgeAsync(message, cancel);

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel) => new(HttpMethod.Post, Api.Endpoint.At(Interactions))
    {
        Content = JsonBody.Of(await new GeminiRequest(Name).WriteAsync(submission, cancel), GeminiJson.Default.WireCreate),
    };

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission) =>
        reply.Read(GeminiJson.Default.WireInteraction)?.Id is { } id && Loose.IsPathId(id) ? new SubmitOutcome.Accepted(id) : null;

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At($"{Interactions}/{Uri.EscapeDataString(job.RemoteId)}?stream=false");

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(GeminiJson.Default.WireInteraction) is not { Status: { } word } interaction)
        {
            return null;
        }

        // It waits for words or a token that nobody is going to send.
        if (word.StartsWith("requires_", StringComparison.OrdinalIgnoreCase))
        {
            return new CheckOutcome.Failed(ErrorCodes.ProviderFailed, $"{Name} stopped and asks for more ({Api.Redactor.Clean(word)}), which a video never needs.");
        }

        var made = (interaction.Steps ?? []).Where(step => step.Type == "model_output").SelectMany(step => step.Content ?? []).ToList();
        return (StatusWords.Read(word), made.LastOrDefault(content => content.Type == "video")) switch
        {
            (RemoteState.Completed, { Uri: { Length: > 0 } link }) => new CheckOutcome.Finished([new RemoteOutput { Url = link }]),
            (RemoteState.Completed, not null) => new CheckOutcome.Failed(ErrorCodes.AssetMissing, $"{Name} says that it is done, and gave no link to its video."),
            (RemoteState.Completed, null) => Withheld(made),
            (RemoteState.Queued or RemoteState.Running, _) => Running(reply, null, word),
            var (state, _) => Ended(state, interaction.Errors is [var first, ..] ? ProviderError.Read(first) : ProviderError.Read(reply)),
        };
    }

    protected override void Dispose(bool disposing)
    {
        keys.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Done without a video: it was blocked. What it says instead is worth reading.</summary>
    private CheckOutcome.Failed Withheld(IEnumerable<WireContent> made)
    {
        var words = Api.Redactor.Clean(string.Join(' ', made.Select(content => content.Text))).TrimEnd('.');
        return new CheckOutcome.Failed(ErrorCodes.ContentPolicy, words.Length > 0 ? $"{Name} made no video: {words}." : $"{Name} made no video of this; it was most likely blocked for its content.");
    }
}
