using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>
/// Pictures in OpenAI's two ways: the Images API, which answers a create with the pictures themselves and remembers nothing, and (where there is one) the
/// Responses API, which works in the background and remembers the conversation.
/// </summary>
internal class OpenAiImagesProvider : IMediaProvider, IDisposable
{
    // A turn may draw more than once.
    private const int TurnPictures = 3;

    private readonly OpenAiImagesSite _site;
    private readonly TimeProvider _clock;
    private readonly FileFetcher _files;
    private readonly OpenAiImagesModels _models;
    private readonly TurnRequest _turns;
    private readonly TurnReading _reading;

    public OpenAiImagesProvider(OpenAiImagesSite site, ProviderTraits traits, TimeProvider clock)
    {
        _site = site;
        _clock = clock;
        Traits = traits;
        Api = new ApiClient(site.Name, site.Endpoint, clock, site.Timeout);
        _files = new FileFetcher(site.Name, site.Endpoint, clock, site.Timeout);
        _models = new OpenAiImagesModels(site, Api, clock);
        _turns = new TurnRequest(site, _models.IsMainline, clock);
        _reading = new TurnReading(site.Name, Api.Redactor, clock);
    }

    public string Name => _site.Name;

    public ProviderTraits Traits { get; }

    protected ApiClient Api { get; }

    public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) => _models.ListAsync(cancel);

    public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) => ValueTask.FromResult(_models.Describe(modelName));

    public async Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline)
    {
        var turn = IsTurn(submission);
        if (Unsayable(submission, turn) is { } reason)
        {
            return new SubmitOutcome.Refused(ErrorCodes.UnsupportedByModel, $"{Name} {reason}");
        }

        if (submission.Source is { } source && !File.Exists(source.FilePath) && (!turn || _turns.NeedsSourceFile(submission)))
        {
            return new SubmitOutcome.Refused(ErrorCodes.AssetMissing, "The picture it goes on from is not here any more; nothing was sent.");
        }

        HttpRequestMessage request;
        try
        {
            request = turn ? await _turns.WriteAsync(submission, deadline) : await ImagesRequest.WriteAsync(submission, _site.Endpoint, deadline);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return new SubmitOutcome.NotSent("A file of this job could not be read; nothing was sent.");
        }

        using (request)
        {
            request.Headers.Accept.ParseAdd("application/json");

            // Nobody honours it but Kinora's own gateway; a server that does not know it passes over it.
            request.Headers.TryAddWithoutValidation("Idempotency-Key", submission.JobId.Hex);
            return turn
                ? await Api.CreateAsync(request, reply => ReadTurn(reply, submission), deadline, TurnPictures * AnsweredPictures.PictureCap)
                : await AnsweredPictures.KeepAsync(await Api.CreateAsync(request, reply => ReadImages(reply, submission), deadline, AnsweredPictures.AnswerCap(submission)), submission);
        }
    }

    public async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        if (!IsTurn(job))
        {
            return AnsweredPictures.Check(job, Name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, Api.Endpoint.At(PathOf(job)));
        request.Headers.Accept.ParseAdd("application/json");
        return await Api.CheckAsync(
            request, reply => reply.Read(OpenAiImagesJson.Default.WireResponse) is { } response ? _reading.Read(reply, response) : null, cancel, cap: TurnPictures * AnsweredPictures.PictureCap);
    }

    public async Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel) => output.Url is { } link
        ? await _files.OpenAsync(link, offset, output.Tag, cancel)
        : new OpenOutcome.Gone($"The picture came with {Name}'s answer; there is no link to it.");

    public void Dispose()
    {
        Api.Dispose();
        _files.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string PathOf(RemoteJob job) => $"/responses/{Uri.EscapeDataString(job.RemoteId)}";

    /// <summary>True for a job of the Responses API.</summary>
    protected bool IsTurn(RemoteJob job) => _site.Responses && RemoteNote.Read(job.RemoteData)?.Api != RemoteNote.Images;

    private bool IsTurn(Submission submission) => _site.Responses
        && (_models.IsMainline(submission.ModelName) || submission.Source is not null || submission.Request is { Session: not null } or { Analyze: true });

    private static string? Unsayable(Submission submission, bool turn) => submission.Request switch
    {
        { Kind: not MediaKind.Image } => "makes pictures only.",
        { Count: > 1 } when turn => "makes one picture in a turn of a conversation.",
        { Analyze: true } when !turn => "cannot look at a picture first; that takes the Responses API.",
        { Mask: not null, References.Count: 0 } when submission.Source is null => "needs the picture that the mask belongs to.",
        _ => null,
    };

    private SubmitOutcome.Finished? ReadImages(ApiReply reply, Submission submission)
    {
        if (reply.Read(OpenAiImagesJson.Default.WireImages) is not { Data: { } data } answer)
        {
            return null;
        }

        var named = reply.Headers.NonValidated.TryGetValues("x-request-id", out var ids) ? ids.FirstOrDefault() : null;
        var note = new RemoteNote(RemoteNote.Images, _clock.GetUtcNow().ToUnixTimeSeconds()) { RequestId = Loose.IsPathId(named) ? named : null };
        return new SubmitOutcome.Finished(submission.JobId.Hex, AnsweredPicture.Outputs(data, Api.Endpoint, Api.Redactor), ImagesReading.Cost(answer.Usage, _models.Row(submission.ModelName)?.Price), note.ToString());
    }

    private SubmitOutcome? ReadTurn(ApiReply reply, Submission submission)
    {
        if (reply.Read(OpenAiImagesJson.Default.WireResponse) is not { } response)
        {
            return null;
        }

        var id = Loose.IsPathId(response.Id) ? response.Id : null;

        // Without an id there is nothing to go on from later but the picture.
        var note = new RemoteNote(id is null ? RemoteNote.Images : RemoteNote.Responses, _clock.GetUtcNow().ToUnixTimeSeconds()).ToString();

        // A gateway that does not know of the background answers with the end.
        return _reading.Read(reply, response) switch
        {
            CheckOutcome.Finished finished => new SubmitOutcome.Finished(id ?? submission.JobId.Hex, finished.Outputs, RemoteData: note),
            CheckOutcome.Failed failed => new SubmitOutcome.Refused(failed.Code, failed.Text),
            CheckOutcome.Running running when id is not null => new SubmitOutcome.Accepted(id, note, running.NextLook),
            _ => null,
        };
    }
}
