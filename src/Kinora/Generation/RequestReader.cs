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
public sealed record AskedRequest(GenerationRequest Request, Job? Source, IReadOnlyList<Fault> Faults, string BodyHash);

/// <summary>Turns a draft into a checked request: parses, imports pictures, finds the model and the source, fills in defaults, applies the rules. All faults at once.</summary>
public sealed class RequestReader(ModelCatalog catalog, IJobStore store, ReferenceImporter importer, TimeProvider time)
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
        var source = await SourceAsync(caller, draft, faults, cancel);
        var request = new GenerationRequest
        {
            Kind = draft.Kind,
            Operation = draft.Operation,
            Prompt = draft.Prompt ?? "",
            Model = draft.Model,
            Size = Size(draft.Size, faults),
            Seconds = Seconds(draft.Seconds, faults),
            NegativePrompt = draft.NegativePrompt,
            Seed = draft.Seed,
            Audio = draft.Audio,
            FirstFrame = await ImageAsync(draft.FirstFrame, faults, cancel),
            LastFrame = await ImageAsync(draft.LastFrame, faults, cancel),
            References = await ImagesAsync(draft.References, faults, cancel),
            Format = draft.Format,
            Source = source?.Id,
            MaxCostUsd = draft.MaxCostUsd,
        };
        if (RequestRules.CheckKey(draft.IdempotencyKey) is { } keyFault)
        {
            faults.Add(keyFault);
        }

        return new AskedRequest(request, source, faults, GenerationService.Hash(request));
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
        return new ReadRequest(request, model, asking.BodyHash, estimate, Warnings(model, today));
    }

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
        if (job is null)
        {
            // Its own code: doors answer 404, exactly as for any unknown id.
            throw KinoraException.NotFound("video");
        }

        if (job.Status != JobStatus.Completed)
        {
            faults.Add(new Fault("id", $"The source is not completed ({job.Status.Word()}). Wait for it first.", ErrorCodes.NotReady));
        }

        return job;
    }

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

    private static FrameSize? Size(string? text, List<Fault> faults)
    {
        if (text is null)
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

    private async Task<InputImage?> ImageAsync(ImageSource? source, List<Fault> faults, CancellationToken cancel)
    {
        if (source is null)
        {
            return null;
        }

        try
        {
            return await importer.ImportAsync(source, cancel);
        }
        catch (KinoraException refused)
        {
            faults.Add(new Fault(source.Field, $"{source.Field}: {refused.Message}", refused.Code));
            return null;
        }
    }

    private async Task<IReadOnlyList<InputImage>> ImagesAsync(IReadOnlyList<ImageSource> sources, List<Fault> faults, CancellationToken cancel)
    {
        var images = new List<InputImage>();
        foreach (var source in sources)
        {
            if (await ImageAsync(source, faults, cancel) is { } image)
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
            Size = extends ? before?.Size : asked.Size ?? before?.Size ?? model.Sizes?.Default,
            Seconds = asked.Kind == MediaKind.Image ? asked.Seconds : asked.Seconds ?? (extends ? null : before?.Seconds) ?? model.Durations?.Default,
        };
    }

    private static decimal? Estimate(GenerationRequest request, ModelInfo model) => model.Price switch
    {
        null => null,
        { Per: PriceUnit.Second } when request.Seconds is null => null,
        var price => price.Estimate(request.Seconds ?? 0, 1),
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

    private static List<string> Warnings(ResolvedModel model, DateOnly today)
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

        return warnings;
    }
}
