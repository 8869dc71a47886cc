using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>What a response object says: pictures, the model's own words, or why there is no picture.</summary>
internal sealed class TurnReading(string name, Redactor redactor, TimeProvider clock)
{
    /// <summary>Null when it is no response object.</summary>
    public CheckOutcome? Read(ApiReply reply, WireResponse response)
    {
        if (response.Status is not { } word)
        {
            return null;
        }

        var state = StatusWords.Read(word);
        return state is RemoteState.Queued or RemoteState.Running
            ? new CheckOutcome.Running(null, redactor.Clean(word), RetryAfter.NextLook(reply.Headers, clock))
            : state == RemoteState.Cancelled ? new CheckOutcome.Failed(ErrorCodes.Cancelled, $"The job was cancelled at {name}.")
            : Pictures(response) is { Count: > 0 } pictures ? new CheckOutcome.Finished(pictures)
            : Nothing(reply, response, state);
    }

    // The newest picture first: it is the one the model meant in the end, and the one that the next turn goes on from. A picture that is there is
    // delivered whatever the word says: it was paid.
    private List<RemoteOutput> Pictures(WireResponse response)
    {
        var words = ImagesReading.Words(string.Join("\n\n", Texts(response, "text")), redactor);
        var pictures = Items(response)
            .Where(item => item.Type == "image_generation_call" && item.Result is { Length: > 0 })
            .Select(item => new RemoteOutput
            {
                Kind = MediaKind.Image,
                Id = Loose.IsPathId(item.Id) ? item.Id : null,
                Inline = item.Result,
                RevisedPrompt = ImagesReading.Words(item.RevisedPrompt, redactor),
            })
            .Reverse()
            .ToList();
        if (pictures.Count > 0)
        {
            pictures[0] = pictures[0] with { Remarks = words };
        }

        return pictures;
    }

    private CheckOutcome.Failed Nothing(ApiReply reply, WireResponse response, RemoteState state)
    {
        var refusals = Texts(response, "refusal").ToList();
        var error = ProviderError.Read(reply)
            ?? Items(response).Select(item => ProviderError.Read(Wrapped(item.Error))).FirstOrDefault(found => found is not null)
            ?? ProviderError.None;
        var stopped = Text(response.IncompleteDetails, "reason");
        var code = new ProviderError($"{error.Code} {stopped}", error.Text).ToCode(
            refusals.Count > 0 ? ErrorCodes.ContentPolicy
            : state == RemoteState.Expired ? ErrorCodes.Expired
            : state == RemoteState.Completed ? ErrorCodes.ProviderRefused
            : ErrorCodes.ProviderFailed);

        // The model's own words are the best there is; a tool's error is next.
        var words = new[] { string.Join(' ', refusals), string.Join(' ', Texts(response, "text")), error.Text }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
            ?? (stopped.Length > 0 ? $"it stopped early ({stopped})" : null);
        return new CheckOutcome.Failed(code, redactor.Clean(words).TrimEnd('.') is { Length: > 0 } clean
            ? $"{name} made no picture: {clean}{(clean[^1] is '?' or '!' or '…' ? "" : ".")}"
            : $"{name} made no picture and gave no reason.");
    }

    private static IEnumerable<WireItem> Items(WireResponse response) => (response.Output ?? []).OfType<WireItem>();

    private static IEnumerable<string> Texts(WireResponse response, string key) => Items(response)
        .SelectMany(item => item.Content.Items())
        .Select(part => Text(part, key))
        .Where(text => text.Length > 0);

    private static JsonElement Wrapped(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object ? JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["error"] = error }, OpenAiImagesJson.Default.DictionaryStringJsonElement) : default;

    private static string Text(JsonElement part, string key) => part.At(key).Text() ?? "";
}
