using Kinora.Errors;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>The uploaded video of a draft: where there may be one, and what is wrong with it.</summary>
public sealed class UploadedVideos(VideoImporter importer)
{
    /// <returns>Null when none was given, or it cannot be taken; then a fault says why.</returns>
    public async Task<InputVideo?> ReadAsync(GenerationDraft draft, List<Fault> faults, CancellationToken cancel)
    {
        if (draft.SourceVideo is not { } source)
        {
            return null;
        }

        if (Misplaced(draft) is { } text)
        {
            faults.Add(new Fault(source.Field, text));
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

    private static string? Misplaced(GenerationDraft draft) => draft switch
    {
        { Kind: MediaKind.Image } => "A picture is made from no video; leave it out.",
        { SourceId: not null } => "Name a video that was made here or send one, not both.",
        { Operation: Operation.Edit or Operation.Extend } => null,
        { Operation: Operation.Create } => "A plain create starts from no video; edit or extend it instead.",
        _ => "Only a video that was made here can be remixed or continued; edit or extend an uploaded one instead.",
    };
}
