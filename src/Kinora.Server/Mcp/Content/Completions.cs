using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Content;

/// <summary>Suggestions while a person types: ids of own videos, models, names of reference pictures.</summary>
internal sealed class Completions(McpStudio studio)
{
    private const int Most = 100;

    public async Task<Completion> FindAsync(Caller caller, CompleteRequestParams request, CancellationToken cancel)
    {
        var typed = request.Argument.Value;
        IEnumerable<string> all = request.Argument.Name switch
        {
            "id" or "video_id" => await IdsAsync(caller, MediaKind.Video, cancel),
            "image_id" => await IdsAsync(caller, MediaKind.Image, cancel),
            "session_id" => (await studio.Sessions.ListAsync(caller, cancel)).Select(s => s.Session.Id.ToString()),
            "variant" => ["video", "thumbnail", "spritesheet"],
            "model" => await ModelsAsync(cancel),
            "filename" => await NamesAsync(caller, cancel),
            "image" => (await IdsAsync(caller, MediaKind.Image, cancel)).Concat(await NamesAsync(caller, cancel)),
            "size" => ["1280x720", "720x1280", "1792x1024", "1024x1792"],
            "seconds" => ["4", "8", "12"],
            _ => [],
        };
        var found = all.Where(v => v.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return new Completion { Values = [.. found.Take(Most)], Total = found.Count, HasMore = found.Count > Most };
    }

    private async Task<IEnumerable<string>> IdsAsync(Caller caller, MediaKind kind, CancellationToken cancel) =>
        (await studio.Generation.ListAsync(caller, new JobQuery(null, Most) { Kind = kind }, cancel)).Jobs.Select(j => j.PublicId);

    private async Task<IEnumerable<string>> ModelsAsync(CancellationToken cancel) =>
        (await studio.Catalog.ListAsync(cancel)).Select(m => m.Id).Concat((await studio.Catalog.AliasesAsync(kind: null, cancel)).Select(a => a.Name).Distinct());

    private async Task<IEnumerable<string>> NamesAsync(Caller caller, CancellationToken cancel)
    {
        try
        {
            return (await studio.References.ListAsync(caller.UserId, new ReferenceQuery { Limit = Most }, cancel)).Items.Select(i => i.Name);
        }
        catch (KinoraException)
        {
            // No folder, no suggestions; the tools say what is wrong with it.
            return [];
        }
    }
}
