using Kinora.Catalog;
using Kinora.Errors;

namespace Kinora.Generation;

/// <summary>How a video is gone on from.</summary>
public enum ContinuationWay
{
    /// <summary>By the model's own extension where the video's model has one and stays the same; else from the last frame.</summary>
    Best,

    /// <summary>The model appends seconds: the result is the whole, longer video.</summary>
    Extend,

    /// <summary>A new clip that begins with the true last frame.</summary>
    LastFrame,
}

/// <summary>Decides by which operation a video is gone on from.</summary>
public sealed class Continuation(GenerationService generation, ModelCatalog catalog)
{
    /// <param name="id">Of the video.</param>
    /// <param name="draft">What comes next.</param>
    /// <returns>The draft with its operation and source, to be submitted.</returns>
    /// <exception cref="KinoraException"><c>not_found</c>.</exception>
    public async Task<GenerationDraft> DraftAsync(Caller caller, string id, GenerationDraft draft, ContinuationWay way, CancellationToken cancel)
    {
        var source = await generation.GetAsync(caller, id, MediaKind.Video, cancel);
        var extends = way == ContinuationWay.Extend || (way == ContinuationWay.Best && await ExtendsAsync(source.Model, draft.Model, cancel));
        return draft with { Operation = extends ? Operation.Extend : Operation.Continue, SourceId = source.PublicId };
    }

    private async Task<bool> ExtendsAsync(string before, string? asked, CancellationToken cancel)
    {
        try
        {
            return (await catalog.ResolveAsync(asked ?? before, MediaKind.Video, cancel)).Model is { Extend: true } model && model.Id == before;
        }
        catch (KinoraException unknown) when (unknown.Code == ErrorCodes.ModelNotFound)
        {
            // Told with all the other faults when the draft is checked.
            return false;
        }
    }
}
