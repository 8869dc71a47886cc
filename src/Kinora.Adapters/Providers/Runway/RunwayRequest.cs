using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Runway;

/// <summary>Writes a create. What comes in decides where it goes: a video, a picture, or words alone.</summary>
/// <param name="model">Null for a name of the operator's: all is passed on in the commonest form.</param>
internal sealed class RunwayRequest(string provider, RunwayModel? model, Submission submission)
{
    /// <summary>Of a data URL, in characters (https://docs.dev.runwayml.com/assets/inputs).</summary>
    private const int LongestDataUrl = 5 * 1024 * 1024;

    private readonly GenerationRequest _request = submission.Request;

    private bool FromVideo => _request.Operation is Operation.Remix or Operation.Edit or Operation.Extend;

    private bool FromPicture => _request.FirstFrame is not null;

    /// <exception cref="UnsayableException">It cannot be said there.</exception>
    public async Task<(string Path, WireCreate Body)> WriteAsync(CancellationToken cancel)
    {
        Refuse();
        var body = new WireCreate
        {
            Model = submission.ModelName,
            PromptText = _request.Prompt,
            Duration = FromVideo && !SaysLength ? model?.AutoEdits == true ? "auto" : null : (int?)_request.Seconds,
            Audio = _request.Audio,
            Seed = _request.Seed,
            NegativePrompt = _request.NegativePrompt,
            PromptImage = FromPicture ? await FramesAsync(cancel) : null,
            References = _request.References.Count == 0 ? null : [.. await Task.WhenAll(_request.References.Select(async picture => new WirePicture(await PictureAsync(picture, cancel))))],
        };

        // An edit or an extension keeps the frame of its video.
        body = _request.Operation is Operation.Edit or Operation.Extend ? body : Framed(body);
        if (!FromVideo)
        {
            return (FromPicture ? "/v1/image_to_video" : "/v1/text_to_video", body);
        }

        var video = await VideoAsync(cancel);
        body = body with { Mode = model?.Modes != true ? null : _request.Operation switch { Operation.Edit => "edit", Operation.Extend => "extend", _ => "reference" } };
        return ("/v1/video_to_video", model?.VideoField == "promptVideo" ? body with { PromptVideo = video } : body with { VideoUri = video });
    }

    /// <summary>An edit keeps the length of its video.</summary>
    private bool SaysLength => _request.Operation != Operation.Edit;

    private void Refuse()
    {
        var reason = this switch
        {
            _ when model?.Info.Audio == AudioRule.Unknown && _request.Audio is not null => "has no switch for the sound of this model; leave it out.",
            { FromPicture: false } when _request.LastFrame is not null => "takes a last frame only beside a first one.",
            { FromPicture: true } when _request.References.Count > 0 => "takes either frames or reference pictures, not both.",
            { FromVideo: true, FromPicture: true } => "takes either a video or frames, not both.",
            { FromVideo: false, FromPicture: false } when model is { FromText: false, VideoField: null } => "makes this model's videos from a first frame only; give one.",
            { FromVideo: false } when model is { FromText: false, VideoField: not null } => "only edits videos with this model; give one.",
            { FromVideo: false, FromPicture: false } when model?.TextSizes is { } sizes && _request.Size is { } size && !sizes.Contains(size) =>
                $"makes {string.Join(" or ", sizes)} with this model where there is no first frame; {size} was asked.",
            _ => null,
        };
        if (reason is not null)
        {
            throw new UnsayableException(reason);
        }
    }

    private WireCreate Framed(WireCreate body)
    {
        var frame = FromPicture ? model?.FromPicture : PictureFrame.AsAsked;
        return _request.Size is not { } size ? body
            : frame == PictureFrame.Resolution || model?.SidesOnly == true ? body with { Resolution = $"{KnownSide(size)}p" }
            : frame == PictureFrame.Auto ? body with { Ratio = $"auto_{KnownSide(size)}p" }
            : model?.Words is not { } table ? body with { Ratio = FormattableString.Invariant($"{size.Width}:{size.Height}") }
            : table.Words(size) is var (resolution, ratio) ? body with { Resolution = resolution, Ratio = ratio }
            : body;
    }

    /// <summary>The side that is nearest: frames of one resolution differ by some pixels from shape to shape.</summary>
    private int KnownSide(FrameSize size)
    {
        var side = Math.Min(size.Width, size.Height);
        return model!.Sides.FirstOrDefault(known => known == side) is > 0 and var exact ? exact
            : model.Info.Sizes is null ? throw new UnsayableException($"makes {string.Join(" or ", model.Sides)} lines with this model; {size} was asked.")
            : model.Sides.MinBy(known => Math.Abs(((long)known * known * 16 / 9) - size.Pixels));
    }

    private async Task<WirePicture[]> FramesAsync(CancellationToken cancel)
    {
        var first = new WirePicture(await PictureAsync(_request.FirstFrame!, cancel), "first");
        return _request.LastFrame is { } last ? [first, new WirePicture(await PictureAsync(last, cancel), "last")] : [first];
    }

    private async Task<DataUrl> PictureAsync(InputImage picture, CancellationToken cancel)
    {
        var url = await DataUrl.OfAsync(submission, picture, cancel);
        return Fits(url.Bytes.LongLength) ? url : throw new UnsayableException("takes no pictures over 3.7 MB within a request.");
    }

    /// <summary>Its bytes where they fit into the request; else the link it was made under, which Runway still knows for a day.</summary>
    private async Task<string> VideoAsync(CancellationToken cancel)
    {
        var source = submission.Source;
        var path = _request.SourceVideo is { } given ? await submission.Inputs.PathAsync(given, cancel) : source?.FilePath;
        if (path is { Length: > 0 } && new FileInfo(path) is { Exists: true } file && Fits(file.Length))
        {
            var type = _request.SourceVideo?.MimeType ?? source?.MimeType ?? "video/mp4";
            return $"data:{type};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancel))}";
        }

        return source is { RemoteUrl: { } link } && source.Provider == provider ? link : throw new UnsayableException("takes videos up to 3.7 MB within a request; this one is larger, or not here.");
    }

    private static bool Fits(long bytes) => ((bytes + 2) / 3 * 4) + 32 <= LongestDataUrl;
}
