using Kinora.Adapters.Providers.Tasks;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Gemini;

/// <summary>Writes a request as an interaction.</summary>
internal sealed class GeminiRequest(string provider)
{
    /// <summary>The largest video that is sent along, in bytes.</summary>
    public const int LargestVideo = 4 * 1024 * 1024;

    /// <summary>Lengths of what can be edited, and of whole extended videos, in seconds. A file may be some frames off.</summary>
    private const double ShortestEdit = 2.9;
    private const double LongestEdit = 15.1;
    private const double LongestWhole = 30.5;

    /// <summary>The most seconds of one extension.</summary>
    private const double LongestPart = 10;

    /// <exception cref="UnsayableException">It cannot be said there.</exception>
    public async Task<WireCreate> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        if (request.Audio == false)
        {
            throw new UnsayableException("always makes sound.");
        }

        var create = request.Operation is Operation.Create ? await NewAsync(submission, cancel) : await FollowUpAsync(submission, cancel);
        return create with
        {
            GenerationConfig = create.GenerationConfig with { Seed = request.Seed },
            WebhookConfig = submission.CallbackUrl is { } url ? new WireWebhook([url.AbsoluteUri]) : null,
        };
    }

    private static async Task<WireCreate> NewAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        var words = GeminiModels.Frames.Words(request.Size);
        if (words is null && request.Size is { } size)
        {
            throw new UnsayableException($"has no word for frames of {size}.");
        }

        FrameWishes.RefuseLastAlone(request);
        FrameWishes.RefuseWithReferences(request);

        var task = request.FirstFrame is not null ? "image_to_video" : request.References.Count > 0 ? "reference_to_video" : "text_to_video";
        var pictures = new[] { request.FirstFrame, request.LastFrame }.OfType<InputImage>().Concat(request.References);
        return new WireCreate
        {
            Model = submission.ModelName,
            Input = [Words(submission), .. await Task.WhenAll(pictures.Select(picture => PictureAsync(submission, picture, cancel)))],
            ResponseFormat = new WireFormat { AspectRatio = words?.Ratio, Resolution = words?.Resolution, Duration = Length(request.Seconds) },
            GenerationConfig = new WireConfig(new WireVideoConfig(task)),
        };
    }

    /// <summary>Goes on from an interaction of its own, else from the file itself. Shape and, but for extensions, length are those of the source.</summary>
    private async Task<WireCreate> FollowUpAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        Check(request);
        var own = OwnSource.Of(submission, provider);
        return new WireCreate
        {
            Model = submission.ModelName,
            Input = own is null ? [Words(submission), await VideoAsync(submission, cancel)] : [Words(submission)],
            PreviousInteractionId = own?.RemoteId,
            ResponseFormat = new WireFormat { Duration = request.Operation == Operation.Extend ? Length(request.Seconds) : null },
            GenerationConfig = new WireConfig(new WireVideoConfig(request.Operation == Operation.Extend ? "extend" : "edit")),
        };
    }

    private static void Check(GenerationRequest request)
    {
        var before = request.SourceVideo?.Seconds;
        switch (request.Operation)
        {
            case Operation.Extend when request.Seconds > LongestPart:
                throw new UnsayableException("extends by 3 to 10 seconds at a time.");
            case Operation.Extend when before + request.Seconds > LongestWhole:
                throw new UnsayableException("extends to 30 seconds in all.");
            case Operation.Edit when before is < ShortestEdit or > LongestEdit:
                throw new UnsayableException("edits videos of 3 to 15 seconds.");
        }
    }

    private static async Task<WireInput> VideoAsync(Submission submission, CancellationToken cancel)
    {
        if (submission.Request.SourceVideo is not { } video)
        {
            throw new UnsayableException("can only go on from what it made itself, or from a file.");
        }

        var path = await submission.Inputs.PathAsync(video, cancel);
        return new FileInfo(path).Length <= LargestVideo
            ? new WireInput("video") { Data = await File.ReadAllBytesAsync(path, cancel), MimeType = video.MimeType }
            : throw new UnsayableException("takes videos that it did not make only up to 4 MB.");
    }

    private static async Task<WireInput> PictureAsync(Submission submission, InputImage picture, CancellationToken cancel) =>
        new("image") { Data = await File.ReadAllBytesAsync(await submission.Inputs.PathAsync(picture, cancel), cancel), MimeType = picture.MimeType };

    private static WireInput Words(Submission submission) => new("text") { Text = submission.Request.Prompt };

    private static string? Length(double? seconds) => seconds is { } length ? FormattableString.Invariant($"{length:0.###}s") : null;
}
