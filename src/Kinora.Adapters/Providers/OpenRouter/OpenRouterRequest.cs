using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Listed;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>Writes creates.</summary>
internal static class OpenRouterRequest
{
    /// <param name="model">Null for a model that is not known here.</param>
    public static async Task<WireCreate> VideoAsync(Submission submission, ListedModel? model, CancellationToken cancel)
    {
        var request = submission.Request;
        FrameWishes.RefuseWithReferences(request);

        var words = model?.Words?.Words(request.Size);
        var frames = new List<WirePicture>();
        foreach (var (frame, type) in new[] { (request.FirstFrame, "first_frame"), (request.LastFrame, "last_frame") })
        {
            if (frame is not null)
            {
                frames.Add(new WirePicture(new WireLink(await DataUrl.OfAsync(submission, frame, cancel)), type));
            }
        }

        return Bare(submission) with
        {
            Duration = (int?)request.Seconds,
            Size = words is null ? request.Size?.ToString() : null,
            Resolution = words?.Resolution,
            AspectRatio = words?.Ratio,
            GenerateAudio = request.Audio,
            FrameImages = frames.Count == 0 ? null : frames,
            InputReferences = await ReferencesAsync(submission, cancel),
            CallbackUrl = submission.CallbackUrl is { Scheme: "https" } address ? address : null,
        };
    }

    public static async Task<WireCreate> ImageAsync(Submission submission, ListedModel? model, CancellationToken cancel)
    {
        var request = submission.Request;
        AnsweredPictures.Refuse(submission);
        return Bare(submission) with
        {
            N = request.Count > 1 ? request.Count : null,
            Size = request.Size?.ToString(),
            Quality = model?.Info.Image is { Qualities.Count: 0 } ? null : request.Quality,
            Background = request.Background,
            OutputFormat = request.Format,
            InputReferences = await ReferencesAsync(submission, cancel),
        };
    }

    private static WireCreate Bare(Submission submission) => new()
    {
        Model = submission.ModelName,
        Prompt = submission.Request is { Kind: MediaKind.Image } request ? ComposedPrompt.Write(request, submission.Source, request.Instructions) : submission.Request.Prompt,
        Seed = submission.Request.Seed,
    };

    /// <summary>Pictures to be guided by; the one that is gone on from comes first.</summary>
    private static async Task<IReadOnlyList<WirePicture>?> ReferencesAsync(Submission submission, CancellationToken cancel)
    {
        var pictures = await Attachments.OfAsync(submission, withSource: submission.Request.Kind == MediaKind.Image, cancel);
        return pictures.Count == 0 ? null : [.. await Task.WhenAll(pictures.Select(async picture => new WirePicture(new WireLink(await picture.ToDataUrlAsync(cancel)))))];
    }
}
