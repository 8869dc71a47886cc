using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>Writes a request as an array of content.</summary>
internal sealed class ContentRequest(ContentVendor vendor, string provider, bool watermark)
{
    private const string Adaptive = "adaptive";

    /// <summary>The lengths of videos that can be edited, in seconds. A file may be some frames off.</summary>
    private const double ShortestSource = 3.9;
    private const double LongestSource = 30.1;

    /// <exception cref="UnsayableException">It cannot be said there.</exception>
    public async Task<WireCreate> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        if (request.Audio == false && !vendor.AudioSwitch)
        {
            throw new UnsayableException("has no switch for sound.");
        }

        var create = request.Operation == Operation.Edit ? Edit(submission) : await NewAsync(submission, cancel);
        return create with
        {
            GenerateAudio = vendor.AudioSwitch ? request.Audio : null,
            Seed = request.Seed,
            Watermark = vendor.AigcWatermark ? null : watermark,
            AigcWatermark = vendor.AigcWatermark ? watermark : null,
            CallbackUrl = submission.CallbackUrl?.AbsoluteUri,
        };
    }

    private async Task<WireCreate> NewAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        FrameWishes.RefuseLastAlone(request);
        FrameWishes.RefuseWithReferences(request);

        var words = vendor.Frames.Words(request.Size);
        if (words is null && request.Size is { } size)
        {
            throw new UnsayableException($"has no word for frames of {size}.");
        }

        var content = new List<WireContent> { Words(request.Prompt) };
        if (request.FirstFrame is { } first)
        {
            content.Add(await PictureAsync(submission, first, request.LastFrame is not null || vendor.NamesSingleFrame ? "first_frame" : null, cancel));
        }

        if (request.LastFrame is { } last)
        {
            content.Add(await PictureAsync(submission, last, "last_frame", cancel));
        }

        foreach (var reference in request.References)
        {
            content.Add(await PictureAsync(submission, reference, "reference_image", cancel));
        }

        return new WireCreate
        {
            Model = submission.ModelName,
            Content = content,
            Resolution = words?.Resolution,
            Ratio = request.FirstFrame is null ? words?.Ratio : RatioBesideFrames(submission.ModelName, words?.Ratio),
            Duration = (int?)request.Seconds,
        };
    }

    /// <summary>
    /// Ark guesses from the words what is to become of a video, and fails a task whose words say something else than its type: so they begin with what is wanted.
    /// </summary>
    private WireCreate Edit(Submission submission)
    {
        if (OwnSource.Of(submission, provider) is not { RemoteUrl: { } link } source)
        {
            throw new UnsayableException("can only edit what it made itself, as it made it.");
        }

        if (submission.Request.SourceVideo is { Seconds: < ShortestSource or > LongestSource })
        {
            throw new UnsayableException("edits videos of 4 to 30 seconds.");
        }

        return new WireCreate
        {
            Model = submission.ModelName,
            Content = [Words($"Edit @video1: {submission.Request.Prompt}"), new WireContent("video_url") { VideoUrl = new WireLink(link), Role = "reference_video" }],
            Resolution = vendor.Frames.Words(source.Request.Size)?.Resolution,
            Ratio = Adaptive,
            Duration = -1,
            OmniReferenceTaskType = "edit",
        };
    }

    private string? RatioBesideFrames(string model, string? ratio) =>
        vendor.FramesHideRatio ? null : vendor.AdaptiveModels is { } name && model.Contains(name, StringComparison.Ordinal) ? Adaptive : ratio;

    private static WireContent Words(string text) => new("text") { Text = text };

    private static async Task<WireContent> PictureAsync(Submission submission, InputImage picture, string? role, CancellationToken cancel) =>
        new("image_url") { ImageUrl = new WireFile(await DataUrl.OfAsync(submission, picture, cancel)), Role = role };
}
