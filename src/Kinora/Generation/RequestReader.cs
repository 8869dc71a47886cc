using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Characters;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>A parsed request with what is wrong with it by itself.</summary>
/// <param name="BodyHash">Equal for a re-send, however it was encoded.</param>
/// <param name="Draft">How it came, for what is no part of what is asked.</param>
public sealed record AskedRequest(GenerationRequest Request, Job? Source, GenerationDraft Draft, IReadOnlyList<Fault> Faults, string BodyHash);

/// <summary>Turns a draft into what it asks: parses, imports pictures, finds the source. What is wrong with it is collected for <see cref="RequestCheck"/> to tell.</summary>
public sealed class RequestReader(IJobStore store, MadePictures pictures, ReferenceImporter importer, UploadedVideos videos, LastFrames lastFrames, ICharacterStore characters)
{
    /// <summary>What is asked, apart from whether it can be had: enough to know a re-send by its content, whatever has changed here since.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>: the source.</exception>
    public async Task<AskedRequest> AskAsync(Caller caller, GenerationDraft draft, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var source = draft.Kind == MediaKind.Image ? await PictureAsync(caller, draft, faults, cancel) : await SourceAsync(caller, draft, faults, cancel);
        var cast = await Cast.ReadAsync(characters, caller, draft.Characters, faults, cancel);
        var request = new GenerationRequest
        {
            Kind = draft.Kind,
            Operation = draft.Operation,
            Prompt = draft.Prompt ?? "",
            Model = draft.Model,
            Size = Size(draft, faults),
            Seconds = Seconds(draft.Seconds, faults),
            NegativePrompt = draft.NegativePrompt,
            Seed = draft.Seed,
            Audio = draft.Audio,
            FirstFrame = draft.Operation == Operation.Continue && source is { Status: JobStatus.Completed } video
                ? await lastFrames.OfAsync(video, cancel)
                : await ImageAsync(caller, draft.FirstFrame, faults, cancel),
            LastFrame = await ImageAsync(caller, draft.LastFrame, faults, cancel),
            References = [.. await ImagesAsync(caller, draft.References, faults, cancel), .. cast.Pictures],
            Characters = cast.Members,
            Mask = await ImageAsync(caller, draft.Mask, faults, cancel),
            Source = source?.Id,
            SourceVideo = await videos.ReadAsync(draft, faults, cancel),
            SourceIndex = source is { Kind: MediaKind.Image } && ImageId.TryParse(draft.SourceId, out var picture) ? picture.Index : 0,
            Count = draft.Count ?? 1,
            Format = draft.Format,
            Quality = draft.Quality,
            Background = draft.Background,
            ScaleTo = draft.ScaleTo,
            Instructions = draft.Instructions,
            Analyze = draft.Analyze,
            Session = draft.Session,
            UseCase = draft.UseCase,
            MaxCostUsd = draft.MaxCostUsd,
            DoorNote = draft.DoorNote,
            Options = draft.Options is { Count: > 0 } options ? new SortedDictionary<string, string>(options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) : null,
        };
        if (request.Kind == MediaKind.Image && ImageRules.Inputs(request) > 0)
        {
            request = request with { Operation = Operation.Edit };
        }

        if (RequestRules.CheckKey(draft.IdempotencyKey) is { } keyFault)
        {
            faults.Add(keyFault);
        }

        return new AskedRequest(request, source, draft, faults, GenerationService.Hash(AsAsked(request, draft)));
    }

    /// <summary>Without what its session filled in, which depends on when the request comes; the session itself is a part of it.</summary>
    private static GenerationRequest AsAsked(GenerationRequest request, GenerationDraft draft) => draft.Session is null ? request : request with
    {
        Operation = Operation.Create,
        Instructions = null,
        Source = draft.SourceFollows ? null : request.Source,
        SourceIndex = draft.SourceFollows ? 0 : request.SourceIndex,
        References = [.. request.References.Where(r => !draft.References.OfType<ImageSource.Kept>().Any(k => k.Picture == r))],
    };

    private async Task<Job?> SourceAsync(Caller caller, GenerationDraft draft, List<Fault> faults, CancellationToken cancel)
    {
        if (draft.Operation == Operation.Create || draft.SourceId is not { } text)
        {
            if (draft.Operation == Operation.Create ? draft.SourceId is not null : draft is { SourceId: null, SourceVideo: null })
            {
                faults.Add(new Fault("id", draft.SourceId is null
                    ? "Name the video to start from."
                    : "A plain create starts from no other video; remix, edit, extend or continue it instead."));
            }

            return null;
        }

        var job = JobId.TryParse(text, out var id) ? await store.GetAsync(id, caller.UserId, cancel) : null;
        if (job is { Kind: MediaKind.Image })
        {
            throw new KinoraException(ErrorCodes.NotFound, "That is the id of an image; only a video can be remixed, edited, extended or continued in this way.");
        }

        if (job is not { Kind: MediaKind.Video })
        {
            // Its own code: doors answer 404, exactly as for any unknown id.
            throw KinoraException.NotFound("video");
        }

        RequireDone(job, faults);
        return job;
    }

    /// <summary>The picture that is gone on from.</summary>
    private async Task<Job?> PictureAsync(Caller caller, GenerationDraft draft, List<Fault> faults, CancellationToken cancel)
    {
        if (draft.SourceId is null)
        {
            return null;
        }

        var job = ImageId.TryParse(draft.SourceId, out var id) ? await store.GetAsync(id.Job, caller.UserId, cancel) : null;
        if (job is not { Kind: MediaKind.Image } || (job.Status == JobStatus.Completed && !job.Assets.Any(a => a.Role == AssetRole.Image && a.Index == id.Index)))
        {
            throw KinoraException.NotFound("image");
        }

        RequireDone(job, faults);
        return job;
    }

    private static void RequireDone(Job job, List<Fault> faults)
    {
        if (job.Status != JobStatus.Completed)
        {
            faults.Add(new Fault("id", $"The source is not completed ({job.Status.Word()}). Wait for it first.", ErrorCodes.NotReady));
        }
    }

    private static double? Seconds(double? asked, List<Fault> faults)
    {
        if (asked is { } seconds && !double.IsFinite(seconds))
        {
            faults.Add(new Fault("seconds", "The length must be a positive number of seconds."));
            return null;
        }

        return asked;
    }

    private static FrameSize? Size(GenerationDraft draft, List<Fault> faults)
    {
        var text = draft.Size;
        if (text is null || (draft.Kind == MediaKind.Image && text == "auto"))
        {
            return null;
        }

        if (FrameSize.TryParse(text, out var size))
        {
            return size;
        }

        var shown = text.Length > 40 ? text[..40] + "…" : text;
        faults.Add(new Fault("size", $"A size is written WIDTHxHEIGHT in pixels, like 1280x720; you wrote \"{shown}\"."));
        return null;
    }

    private async Task<InputImage?> ImageAsync(Caller caller, ImageSource? source, List<Fault> faults, CancellationToken cancel)
    {
        if (source is null)
        {
            return null;
        }

        try
        {
            return await importer.ImportAsync(await pictures.LocateAsync(caller, source, cancel), cancel);
        }
        catch (KinoraException refused)
        {
            faults.Add(new Fault(source.Field, $"{source.Field}: {refused.Message}", refused.Code));
            return null;
        }
    }

    private async Task<IReadOnlyList<InputImage>> ImagesAsync(Caller caller, IReadOnlyList<ImageSource> sources, List<Fault> faults, CancellationToken cancel)
    {
        var images = new List<InputImage>();
        foreach (var source in sources)
        {
            if (await ImageAsync(caller, source, faults, cancel) is { } image)
            {
                images.Add(image);
            }
        }

        return images;
    }
}
