using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>
/// The models of one site: those configured, else OpenAI's own as known here, else (Images API only) those the server lists. What a name can do is told
/// only where names mean OpenAI's models: self-hosted servers like to call theirs <c>dall-e-3</c>.
/// </summary>
internal sealed class OpenAiImagesModels(OpenAiImagesSite site, ApiClient api, TimeProvider clock)
{
    private const int UsualInputs = 16;

    private static readonly string[] _imageWords =
    [
        "chroma", "dall-e", "diffusion", "dreamshaper", "flux", "hidream", "ideogram", "image", "kandinsky", "kolors", "pixart", "playground", "recraft", "sana", "sd-", "sd3", "sdxl", "seedream",
    ];

    private readonly ServerModelNames _server = new(api, clock);

    public async ValueTask<IReadOnlyList<ModelInfo>> ListAsync(CancellationToken cancel)
    {
        var names = site.Models.Count > 0 ? site.Models
            : site.Responses ? [.. KnownModels.All.Where(IsLive).Select(model => model.Name)]
            : ServerModelNames.Fitting(await _server.LearnedAsync(cancel), _imageWords);
        return [.. names.Select(Info)];
    }

    public ModelInfo? Describe(string name) => name.Length > 0 && (site.Models.Count > 0
        ? site.Models.Contains(name, StringComparer.Ordinal)
        : site.IsForeign || Row(name) is not null || name == site.MainlineModel) ? Info(name) : null;

    /// <summary>What is known of the name here; null at a site whose names are its own.</summary>
    public KnownModel? Row(string name) => site.Responses ? KnownModels.Find(name) : null;

    /// <summary>True for a chat model that makes pictures with the image tool.</summary>
    public bool IsMainline(string name) => site.Responses && (Row(name)?.Mainline ?? name == site.MainlineModel);

    private bool IsLive(KnownModel model) => model.RetiresOn is not { } end || DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) < end;

    private ModelInfo Info(string name)
    {
        // A chat model that only the settings name is taken for one like the default.
        var row = Row(name) ?? (IsMainline(name) ? KnownModels.All.First(model => model.Mainline) with { Name = name } : null);
        return new ModelInfo
        {
            Id = $"{site.Name}/{name}",
            Title = row is null ? $"{name} at {site.Name}" : row.Mainline ? $"{name} with the image tool" : $"{name} by the Images API",
            Kinds = [MediaKind.Image],
            Sizes = row?.Sizes,
            // Where names mean OpenAI's models there is a chat model too, which looks at the picture before an image model changes it.
            Image = row is null ? null : row.Image with { Analyzes = true },
            MaxReferences = row?.Image.MaxInputs ?? UsualInputs,
            Cancel = row is { Mainline: true },
            RetiresOn = row?.RetiresOn,
            Replacement = row?.Replacement is { } other ? $"{site.Name}/{other}" : null,
            Source = row is null ? "openai-images (NOTES.md)" : KnownModels.Source,
            SourceDate = KnownModels.Read,
        };
    }
}
