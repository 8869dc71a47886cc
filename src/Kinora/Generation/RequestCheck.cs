using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>A checked request, ready to be stored.</summary>
/// <param name="EstimateUsd">Null when the price is not known.</param>
public sealed record CheckedRequest(GenerationRequest Request, ResolvedModel Model, string BodyHash, decimal? EstimateUsd, IReadOnlyList<string> Warnings)
{
    /// <summary>The models to go on to, in order, when this one surely makes nothing.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>US dollars to reserve: the dearest of all. Null when one of them is not known.</summary>
    public decimal? MostUsd => Alternatives.Aggregate(EstimateUsd, (most, next) => most is { } a && next.EstimateUsd is { } b ? Math.Max(a, b) : null);
}

/// <summary>Decides whether what is asked can be had: finds the model, fills in defaults, applies the rules, estimates the price. All faults at once.</summary>
public sealed class RequestCheck(ModelCatalog catalog, ReferenceImporter importer, Appending appending, TimeProvider time)
{
    /// <summary>How long before a model's retirement every create says so.</summary>
    private const int RetirementNoticeDays = 30;

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
        TakesVideo = true,
    };

    /// <summary>Checks a request against its model; where several are named, against each of them: none shall be found wanting when its turn comes.</summary>
    /// <exception cref="KinoraException">Every fault at once.</exception>
    public async Task<CheckedRequest> CheckAsync(AskedRequest asking, CancellationToken cancel)
    {
        var names = ModelChoice.Read(asking.Request.Model);
        if (names.Count == 1)
        {
            return await CheckOneAsync(asking, cancel);
        }

        var (ready, faults) = (new List<CheckedRequest>(), new List<Fault>());
        foreach (var name in names)
        {
            try
            {
                var one = await CheckOneAsync(asking with { Request = asking.Request with { Model = name } }, cancel);
                ready.Add(one with { Request = one.Request with { AskedModel = asking.Request.Model } });
            }
            catch (KinoraException refusal) when (refusal.Faults.Count > 0)
            {
                faults.AddRange(refusal.Faults.Except(faults));
            }
        }

        return faults.Count > 0 ? throw KinoraException.Invalid(faults) : ready[0] with
        {
            Alternatives = [.. ready.Skip(1).Select(next => new Alternative(next.Model.Provider.Name, next.Model.Model.Id, next.Request, next.EstimateUsd))],
            Warnings = [.. ready.SelectMany(one => one.Warnings).Distinct()],
        };
    }

    private async Task<CheckedRequest> CheckOneAsync(AskedRequest asking, CancellationToken cancel)
    {
        var (asked, source, faults) = (asking.Request, asking.Source, new List<Fault>());
        var model = await ModelAsync(asked, source, faults, cancel);
        faults.AddRange(asking.Faults);
        faults.AddRange(ExtensionFaults(asked, source));

        if (MaskFault(asked, source) is { } maskFault)
        {
            faults.Add(maskFault);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // Without a model only what holds for every model can be checked.
        var request = model is null ? asked : FillIn(asked, model.Model, source);
        if (FrameFault(asking.Draft, request) is { } frameFault)
        {
            faults.Add(frameFault);
        }

        var mapped = new List<string>();
        request = model is null ? asked : Fit(model.Model, mapped);
        var broken = RequestRules.Check(model is null ? request with { Options = null } : request, model?.Model ?? AnyModel, today);
        faults.AddRange(model is null || broken.Count == 0 ? broken : OtherModels.Name(broken, model.Model, await catalog.ListAsync(cancel), asked.Kind, one => Fit(one, []), today));
        if (faults.Count > 0)
        {
            throw KinoraException.Invalid(faults);
        }

        var estimate = Estimate(request, model!.Model);
        RefuseDear(request, model.Model, estimate);
        if ((asking.Draft.FitFrames || request.Operation == Operation.Continue) && request.Size is { } frame)
        {
            request = request with
            {
                FirstFrame = request.FirstFrame is { } first ? await importer.FitAsync(first, frame, cancel) : null,
                LastFrame = request.LastFrame is { } last ? await importer.FitAsync(last, frame, cancel) : null,
            };
        }

        request = await appending.CompleteAsync(request, source, cancel);
        return new CheckedRequest(request, model, asking.BodyHash, estimate, [.. Warnings(request, model, today), .. mapped]);

        GenerationRequest Fit(ModelInfo one, List<string> changes)
        {
            var filled = Appending.Turn(FillIn(asked, one, source), one, source);
            return asking.Draft.FitToModel ? LegacyFit.Apply(filled, one, changes) : filled;
        }
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

    private static IEnumerable<Fault> ExtensionFaults(GenerationRequest asked, Job? source)
    {
        if (asked.Operation != Operation.Extend)
        {
            yield break;
        }

        if (asked.Size is { } size && Appending.SizeOf(asked, source) is { } before && size != before)
        {
            yield return new Fault("size", $"An extension keeps the size of its video, {before}; you asked for {size}. Leave the size out.");
        }

        if (asked.FirstFrame is not null)
        {
            yield return new Fault("reference", "An extension begins with the last frame of its video; leave the first frame out.");
        }
    }

    /// <summary>A mask for the picture that is gone on from, whose size is known only here; that one comes before all others.</summary>
    private static Fault? MaskFault(GenerationRequest asked, Job? source) =>
        asked.Mask is { } mask
            && source?.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == asked.SourceIndex) is { } picture
            && (picture.Width != mask.Width || picture.Height != mask.Height)
            ? new Fault("mask", FormattableString.Invariant($"The mask must be as large as its picture, {picture.Width}x{picture.Height}; it is {mask.Width}x{mask.Height}."))
            : null;

    private static Fault? FrameFault(GenerationDraft draft, GenerationRequest request) =>
        draft is { FrameMustMatch: true, FirstFrame.Field: var field } && request is { FirstFrame: { } frame, Size: { } size } && (frame.Width != size.Width || frame.Height != size.Height)
            ? new Fault(field, FormattableString.Invariant($"The picture must have the requested width and height, {size}; it is {frame.Width}x{frame.Height}."))
            : null;

    private static GenerationRequest FillIn(GenerationRequest asked, ModelInfo model, Job? source)
    {
        var before = source?.Request;
        var extends = asked.Operation == Operation.Extend;
        asked = asked with { Model = model.Id, AskedModel = asked.Model is null ? Inherited(source, model) : asked.Model == model.Id ? null : asked.Model };

        // An edited upload keeps its size and length, which no model's defaults know.
        return asked is { Operation: Operation.Edit, StartsFromUpload: true } ? asked : asked with
        {
            Size = extends ? (before?.Operation == Operation.Append ? Appending.SizeOf(asked, source) : before?.Size) : asked.Size ?? before?.Size ?? (asked.Kind == MediaKind.Image ? PictureSize(asked, model) : model.Sizes?.Default),
            ScaleTo = asked.ScaleTo ?? (asked.Size is null ? before?.ScaleTo : null),
            Seconds = asked.Kind == MediaKind.Image ? asked.Seconds : asked.Seconds ?? (extends ? null : before?.Seconds) ?? model.Durations?.Default,
        };
    }

    /// <summary>What is made from a video goes by the name that was asked for that one, as long as the same model makes it.</summary>
    private static string? Inherited(Job? source, ModelInfo model) => source?.Model == model.Id ? source.Request.AskedModel : null;

    /// <summary>Of a picture for which none is asked: that of the picture which is changed, where the model makes it; else its default.</summary>
    private static FrameSize? PictureSize(GenerationRequest asked, ModelInfo model) =>
        model.Image is { ChoosesSize: true } ? null
        : asked.References is [var first, ..] && model.Sizes is { } sizes && new FrameSize(first.Width, first.Height) is var size && sizes.Allows(size) ? size
        : model.Sizes?.Default;

    private static decimal? Estimate(GenerationRequest request, ModelInfo model) => model.Price?.Estimate(
        request.Size, request.Seconds, request.Count, request.References.Count + (request.FirstFrame is null ? 0 : 1) + (request.LastFrame is null ? 0 : 1));

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

        warnings.AddRange(request.Characters
            .Where(c => !request.Prompt.Contains(c.Name, StringComparison.OrdinalIgnoreCase))
            .Select(c => $"The prompt does not name the character {c.Name}."));
        if (Appending.Warning(request) is { } appended)
        {
            warnings.Add(appended);
        }

        return warnings;
    }
}
