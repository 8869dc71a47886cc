using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>
/// Writes a create for the Responses API: a turn of a conversation, made in the background. Where the vendor remembers the turn before, only the new words
/// are sent; else the picture goes along, with the earlier requests as text.
/// </summary>
internal sealed class TurnRequest(OpenAiImagesSite site, Func<string, bool> isMainline, TimeProvider clock)
{
    /// <summary>Told to the model beside the instructions when it shall look first.</summary>
    public const string LookFirst =
        "First write what you see in the picture and what should change. Then call the image generation tool to make the changed picture.";

    public async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        var earlier = Earlier(submission);
        var (id, input) = earlier switch
        {
            { Follows: true } => (submission.Source!.RemoteId, new List<WireInput> { await MessageAsync(submission, request.Prompt, false, cancel) }),
            { CallId: { } call } => (null, [new WireInput { Type = "image_generation_call", Id = call }, await MessageAsync(submission, Composed(submission), false, cancel)]),
            _ => (null, [await MessageAsync(submission, Composed(submission), true, cancel)]),
        };
        var mainline = isMainline(submission.ModelName);
        var turn = new WireTurn
        {
            Model = mainline ? submission.ModelName : site.MainlineModel,
            Input = input,
            Tools = [await ToolAsync(submission, mainline ? null : submission.ModelName, cancel)],
            ToolChoice = request.Analyze ? null : new WireType("image_generation"),
            Instructions = Instructions(request),
            PreviousResponseId = id,
        };
        return new HttpRequestMessage(HttpMethod.Post, site.Endpoint.At("/responses")) { Content = JsonBody.Of(turn, OpenAiImagesJson.Default.WireTurn) };
    }

    /// <summary>True when the picture gone on from must be read from our store.</summary>
    public bool NeedsSourceFile(Submission submission) => submission.Source is not null && Earlier(submission) is { Follows: false, CallId: null };

    // The first output is the newest picture of its response (TurnReading); any other is named by its own id, which begins a branch.
    private (bool Follows, string? CallId) Earlier(Submission submission)
    {
        var remembered = submission.Source is { RemoteId: not null } source
            && source.Provider == site.Name
            && RemoteNote.Read(source.RemoteData) is { Api: RemoteNote.Responses } note
            && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(note.At) < RemoteNote.KeptFor;
        return !remembered ? (false, null)
            : submission.Request.SourceIndex == 0 ? (true, null)
            : (false, submission.Source!.RemoteOutputId);
    }

    private static string Composed(Submission submission) => ComposedPrompt.Write(submission.Request, submission.Source, instructions: null);

    private static string? Instructions(GenerationRequest request) => (request.Instructions?.Trim(), request.Analyze) switch
    {
        (null or "", false) => null,
        (null or "", true) => LookFirst,
        (var always, false) => always,
        (var always, true) => $"{always}\n\n{LookFirst}",
    };

    private static async Task<WireInput> MessageAsync(Submission submission, string text, bool withSource, CancellationToken cancel)
    {
        var content = new List<WireContent> { new("input_text") { Text = text } };
        foreach (var picture in await Attachments.OfAsync(submission, withSource, cancel))
        {
            content.Add(new WireContent("input_image") { ImageUrl = await picture.ToDataUrlAsync(cancel) });
        }

        return new WireInput { Role = "user", Content = content };
    }

    private static async Task<WireTool> ToolAsync(Submission submission, string? imageModel, CancellationToken cancel)
    {
        var request = submission.Request;
        return new WireTool
        {
            Model = imageModel,
            Size = request.Size?.ToString(),
            Quality = request.Quality,
            Background = request.Background,
            OutputFormat = request.Format,
            InputImageMask = request.Mask is { } mask ? new WireMask(await (await Attachments.OfAsync(submission, mask, cancel)).ToDataUrlAsync(cancel)) : null,
        };
    }
}
