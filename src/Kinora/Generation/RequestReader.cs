using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>A checked request, ready to be stored.</summary>
/// <param name="EstimateUsd">Null when the price is not known.</param>
public sealed record ReadRequest(GenerationRequest Request, ResolvedModel Model, string BodyHash, decimal? EstimateUsd, IReadOnlyList<string> Warnings);

/// <summary>A parsed request with what is wrong with it by itself.</summary>
/// <param name="BodyHash">Equal for a re-send, however it was encoded.</param>
/// <param name="FitFrames">See <see cref="GenerationDraft.FitFrames"/>.</param>
public sealed record AskedRequest(GenerationRequest Request, Job? Source, bool FitFrames, IReadOnlyList<Fault> Faults, string BodyHash);

/// <summary>Turns a draft into a checked request: parses, imports pictures, finds the model and the source, fills in defaults, applies the rules. All faults at once.</summary>
public sealed class RequestReader(ModelCatalog catalog, IJobStore store, MadePictures pictures, ReferenceImporter importer, TimeProvider time)
{
    /// <summary>How long before a model's retirement every create says so.</summary>
    private const int RetirementNoticeDays = 30;

    /// <summary>Both halves at once.</summary>
    public async Task<ReadRequest> ReadAsync(Caller caller, GenerationDraft draft, CancellationToken cancel) =>
        await CheckAsync(await AskAsync(caller, draft, cancel), cancel);

    /// <summary>What is asked, apart from whether it can be had: enough to know a re-send by its content, whatever has changed here since.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>: the source.</exception>
    public async Task<AskedRequest> AskAsync(Caller caller, GenerationDraft draft, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var source = draft.Kind == MediaKind.Image ? await PictureAsync(caller, draft, faults, cancel) : await SourceAsync(caller, draft, faults, cancel);
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
            FirstFrame = await ImageAsync(caller, draft.FirstFrame, faults, cancel),
            LastFrame = await ImageAsync(caller, draft.LastFrame, faults, cancel),
            References = await ImagesAsync(caller, draft.References, faults, cancel),
            Mask = await ImageAsync(caller, draft.Mask, faults, cancel),
            Source = source?.Id,
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
        };
        if (request.Kind == MediaKind.Image && ImageRules.Inputs(request) > 0)
        {
            request = request with { Operation = Operation.Edit };
        }

        if (RequestRules.CheckKey(draft.IdempotencyKey) is { } keyFault)
        {
            faults.Add(keyFault);
        }

        return new AskedRequest(request, source, draft.FitFrames, faults, GenerationService.Hash(AsAsked(request, draft)));
    }

    /// <exception cref="KinoraException">Every fault at once.</exception>
    public async Task<ReadRequest> CheckAsync(AskedRequest asking, CancellationToken cancel)
    {
        var (asked, source, faults) = (asking.Request, asking.Source, new List<Fault>());
        var model = await ModelAsync(asked, source, faults, cancel);
        faults.AddRange(asking.Faults);
        if (asked is { Operation: Operation.Extend, Size: { } size } && source is not null && source.Request.Size is { } before && size != before)
        {
            faults.Add(new Fault("size", $"An extension keeps the size of its video, {before}; you asked for {size}. Leave the size out."));
        }

        if (MaskFault(asked, source) is { } maskFault)
        {
            faults.Add(maskFault);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // Without a model only what holds for every model can be checked.
        var request = model is null ? asked : FillIn(asked, model.Model, source);
        faults.AddRange(RequestRules.Check(request, model?.Model ?? AnyModel, today));
        if (faults.Count > 0)
        {
            throw KinoraException.Invalid(faults);
        }

        var estimate = Estimate(request, model!.Model);
        RefuseDear(request, model.Model, estimate);
        if (asking.FitFrames && request.Size is { } frame)
        {
            request = request with
            {
                FirstFrame = request.FirstFrame is { } first ? await importer.FitAsync(first, frame, cancel) : null,
                LastFrame = request.LastFrame is { } last ? await importer.FitAsync(last, frame, cancel) : null,
            };
        }

        return new ReadRequest(request, model, asking.BodyHash, estimate, Warnings(request, model, today));
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

    /// <summary>Checks nothing but the prompt: used beside an unknown model, so that its other faults are told too.</summary>
    private static ModelInfo AnyModel { get; } = new()
    {
        Id = "any/any",
        Title = "",
        Source = "",
        Kinds = [MediaKind.Video, MediaKind.Image],
        FirstFrame = true,
        LastFrame = true,
        MaxReferences = int.MaxValue,
        NegativePrompt = true,
        Seed = true,
        Audio = AudioRule.Unknown,
        Remix = true,
        Edit = true,
        Extend = true,
    };

    private async Task<Job?> SourceAsync(Caller caller, GenerationDraft draft, List<Fault> faults, CancellationToken cancel)
    {
        if (draft.Operation == Operation.Create || draft.SourceId is not { } text)
        {
            if (draft.Operation == Operation.Create ? draft.SourceId is not null : draft.SourceId is null)
            {
                faults.Add(new Fault("id", draft.SourceId is null
                    ? "Name the video to start from."
                    : "A plain create starts from no other video; remix, edit or extend it instead."));
            }

            return null;
        }

        var job = JobId.TryParse(text, out var id) ? await store.GetAsync(id, caller.UserId, cancel) : null;
        if (job is { Kind: MediaKind.Image })
        {
            throw new KinoraException(ErrorCodes.NotFound, "That is the id of an image; only a video can be remixed, edited or extended in this way.");
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

    /// <summary>A mask for the picture that is gone on from, whose size is known only here; that one comes before all others.</summary>
    private static Fault? MaskFault(GenerationRequest asked, Job? source) =>
        asked.Mask is { } mask
            && source?.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == asked.SourceIndex) is { } picture
            && (picture.Width != mask.Width || picture.Height != mask.Height)
            ? new Fault("mask", FormattableString.Invariant($"The mask must be as large as its picture, {picture.Width}x{picture.Height}; it is {mask.Width}x{mask.Height}."))
            : null;

    private async Task<ResolvedModel?> ModelAsync(GenerationRequest asked, Job? source, List<Fault> faults, CancellationToken cancel)
    {
        try
        {
            return await catalog.ResolveAsync(asked.Model ?? source?.Model, asked.Kind, cancel);
        }
        catch (KinoraException unknown) when (unknown.Faults.Count > 0)
        {
            faults.AddRange(unknown.Faults);
            return null;
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

    private static GenerationRequest FillIn(GenerationRequest asked, ModelInfo model, Job? source)
    {
        var before = source?.Request;
        var extends = asked.Operation == Operation.Extend;
        return asked with
        {
            Model = model.Id,
            AskedModel = asked.Model == model.Id ? null : asked.Model,
            Size = extends ? before?.Size : asked.Size ?? before?.Size ?? (asked.Kind == MediaKind.Image ? PictureSize(asked, model) : model.Sizes?.Default),
            ScaleTo = asked.ScaleTo ?? (asked.Size is null ? before?.ScaleTo : null),
            Seconds = asked.Kind == MediaKind.Image ? asked.Seconds : asked.Seconds ?? (extends ? null : before?.Seconds) ?? model.Durations?.Default,
        };
    }

    /// <summary>Of a picture for which none is asked: that of the picture which is changed, where the model makes it; else its default.</summary>
    private static FrameSize? PictureSize(GenerationRequest asked, ModelInfo model) =>
        model.Image is { ChoosesSize: true } ? null
        : asked.References is [var first, ..] && model.Sizes is { } sizes && new FrameSize(first.Width, first.Height) is var size && sizes.Allows(size) ? size
        : model.Sizes?.Default;

    private static decimal? Estimate(GenerationRequest request, ModelInfo model) => model.Price switch
    {
        null => null,
        { Per: PriceUnit.Second } when request.Seconds is null => null,
        var price => price.Estimate(request.Seconds ?? 0, request.Count),
    };

    private static void RefuseDear(GenerationRequest request, ModelInfo model, decimal? estimate)
    {
        if (request.MaxCostUsd is { } most && (estimate is null || estimate > most))
        {
            throw new KinoraException(ErrorCodes.BudgetExceeded, estimate is null
                ? $"The price of {model.Id} is not known, so a highest cost cannot be kept. Nothing was sent; leave the limit out to go on."
                : FormattableString.Invariant($"{model.Id} would cost about ${estimate:0.00##}; at most ${most:0.00##} is allowed. Nothing was sent."));
        }
    }

    private static List<string> Warnings(GenerationRequest request, ResolvedModel model, DateOnly today)
    {
        var warnings = new List<string>();
        if (model.Warning is { } alias)
        {
            warnings.Add(alias);
        }

        if (model.Model.RetiresOn is { } end && end.DayNumber - today.DayNumber <= RetirementNoticeDays)
        {
            warnings.Add($"{model.Model.Id} will be retired on {end:yyyy-MM-dd}.");
        }

        if (request.Quality is not (null or "auto") && model.Model.Image is { Qualities.Count: 0 })
        {
            warnings.Add($"{model.Model.Id} has one quality; \"{request.Quality}\" is without effect.");
        }

        return warnings;
    }
}
