using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>An address of a hosted model below its host's own, and what its inputs are called there.</summary>
internal sealed record ModelRoute(string Path, InputNames Names);

/// <summary>
/// One model of ours at a place that hosts many people's models. There it may be several: one that makes videos from words, another that begins with a
/// picture. What comes in decides.
/// </summary>
/// <param name="Name">What it is called here: what the names of its routes have in common.</param>
internal sealed record HostedModel(string Name, string Title, ModelRoute FromWords)
{
    public MediaKind Kind { get; init; }

    /// <summary>Begins with a given frame; null where it cannot.</summary>
    public ModelRoute? FromFirst { get; init; }

    /// <summary>Begins and ends with given frames.</summary>
    public ModelRoute? FromBoth { get; init; }

    /// <summary>Is guided by pictures, or changes them.</summary>
    public ModelRoute? FromPictures { get; init; }

    public int MaxReferences { get; init; }

    /// <summary>Its words for frames; null where it takes pixels, or they are not known.</summary>
    public FrameTable? Frames { get; init; }

    /// <summary>Its sizes where <see cref="Frames"/> does not tell them.</summary>
    public SizeRule? Sizes { get; init; }

    public DurationRule? Durations { get; init; }

    /// <summary>Of a model that has no switch for sound.</summary>
    public AudioRule Audio { get; init; }

    public ImageRule? Image { get; init; }

    public Price? Price { get; init; }

    /// <summary>Where its facts were read.</summary>
    public string Source { get; init; } = "";

    public DateOnly? Read { get; init; }

    /// <exception cref="UnsayableException">It cannot start from that.</exception>
    public ModelRoute RouteFor(GenerationRequest request, SourceJob? source)
    {
        var pictures = request.References.Count > 0 || (request.Kind == MediaKind.Image && source is not null);
        return (pictures, request.FirstFrame, request.LastFrame) switch
        {
            (false, null, null) => FromWords,
            (true, null, null) => FromPictures ?? throw new UnsayableException($"takes no reference pictures for {Name}."),
            (true, _, _) => throw new UnsayableException("takes either frames or reference pictures, not both."),
            (_, _, null) => FromFirst ?? throw new UnsayableException($"takes no first frame for {Name}."),
            (_, null, _) => throw new UnsayableException("takes a last frame only together with a first one."),
            _ => FromBoth ?? throw new UnsayableException($"takes no last frame for {Name}."),
        };
    }

    /// <summary>Its inputs at that route.</summary>
    /// <exception cref="UnsayableException">Something was asked for that it has no input for.</exception>
    public Task<Dictionary<string, object>> InputsAsync(Submission submission, ModelRoute route, CancellationToken cancel) =>
        Audio == AudioRule.Unknown && route.Names.Audio is null && submission.Request.Audio is not null
            ? throw new UnsayableException($"has no switch for the sound of {Name}.")
            : ModelInputs.OfAsync(submission, route.Names, Frames, cancel);

    /// <summary>Its row in the catalogue.</summary>
    public ModelInfo At(string provider) => new()
    {
        Id = $"{provider}/{Name}",
        Title = Title,
        Kinds = [Kind],
        Durations = Durations,
        Sizes = Sizes ?? Frames?.Rule,
        FirstFrame = FromFirst is not null,
        LastFrame = FromBoth is not null,
        MaxReferences = MaxReferences,
        NegativePrompt = FromWords.Names.NegativePrompt is not null,
        Seed = FromWords.Names.Seed is not null,
        Audio = FromWords.Names.Audio is null ? Audio : AudioRule.Switch,
        Image = Image,
        Cancel = true,
        Price = Price,
        Source = Source,
        SourceDate = Read,
    };
}
