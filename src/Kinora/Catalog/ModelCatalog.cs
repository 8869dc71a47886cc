using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Catalog;

/// <summary>A model, who serves it, and what was done to the asked name to find it.</summary>
public sealed record ResolvedModel(ModelInfo Model, IMediaProvider Provider, string? Warning);

/// <summary>A name and the id of the model it stands for.</summary>
public sealed record ModelAlias(string Name, string Model);

/// <summary>All models of all configured providers, and the names that stand for them.</summary>
public sealed class ModelCatalog(ProviderSet providers, CatalogOptions options)
{
    /// <summary>The built-in renderer: always there.</summary>
    public const string BuiltIn = "animatic/storyboard";

    /// <summary>Names of OpenAI's retired video models (facts: retired 2026-09-24). They stand for the default model unless configured otherwise.</summary>
    public static IReadOnlyList<string> RetiredVideoModels { get; } =
        ["sora-2", "sora-2-pro", "sora-2-2025-10-06", "sora-2-2025-12-08", "sora-2-pro-2025-10-06"];

    /// <summary>
    /// Models that the original image servers offered, retired or never able to make pictures themselves: they stand for the default image model unless
    /// configured otherwise.
    /// </summary>
    private static readonly string[] DefaultImageAliases = ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "o3", "gpt-5", "gpt-image-1", "dall-e-2", "dall-e-3"];

    /// <summary>Every model, provider by provider in the order of configuration.</summary>
    public async Task<IReadOnlyList<ModelInfo>> ListAsync(CancellationToken cancel)
    {
        var all = new List<ModelInfo>();
        foreach (var provider in providers.All)
        {
            all.AddRange(await provider.ListModelsAsync(cancel));
        }

        return all;
    }

    /// <summary>Every alias, by name, with the model it stands for now.</summary>
    /// <param name="kind">In requests for this; null for all, with a name twice where it stands for one model in videos and another in pictures.</param>
    public async Task<IReadOnlyList<ModelAlias>> AliasesAsync(MediaKind? kind, CancellationToken cancel)
    {
        if (kind is { } asked)
        {
            return [.. (await TargetsAsync(asked, cancel)).Select(a => new ModelAlias(a.Key, a.Value))];
        }

        var (video, image) = (await AliasesAsync(MediaKind.Video, cancel), await AliasesAsync(MediaKind.Image, cancel));
        return [.. video.Union(image).OrderBy(a => a.Name, StringComparer.Ordinal)];
    }

    /// <summary>Finds the model for an id, an alias, the name that only one provider has, or null for the default.</summary>
    /// <exception cref="KinoraException"><c>model_not_found</c>, naming near ones.</exception>
    public async Task<ResolvedModel> ResolveAsync(string? asked, MediaKind kind, CancellationToken cancel) =>
        await TryResolveAsync(asked ?? await DefaultAsync(kind, cancel), kind, cancel) ?? throw await NotFoundAsync(asked ?? await DefaultAsync(kind, cancel), kind, cancel);

    /// <summary>The same for somebody who wants to know of a model, not to use it.</summary>
    /// <param name="kind">What it is to make; null: whatever it makes.</param>
    /// <inheritdoc cref="ResolveAsync"/>
    public async Task<ModelInfo> DescribeAsync(string name, MediaKind? kind, CancellationToken cancel)
    {
        var found = await TryResolveAsync(name, kind ?? MediaKind.Video, cancel) ?? (kind is null ? await TryResolveAsync(name, MediaKind.Image, cancel) : null);
        return found?.Model ?? throw await NotFoundAsync(name, kind ?? MediaKind.Video, cancel);
    }

    private async Task<ResolvedModel?> TryResolveAsync(string id, MediaKind kind, CancellationToken cancel)
    {
        var target = await TargetAsync(id, kind, cancel);
        var found = await FindAsync(target ?? id, cancel);
        if (found is null && target is null && await BareAsync(id, kind, cancel) is { } only)
        {
            (target, found) = (only, await FindAsync(only, cancel));
        }

        return target is null ? found : found is null ? null : found with { Warning = $"{id} stands for {target} here." };
    }

    private async Task<ResolvedModel?> FindAsync(string id, CancellationToken cancel)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && providers.TryGet(id[..slash], out var provider) && await provider.DescribeAsync(id[(slash + 1)..], cancel) is { } model
            ? new ResolvedModel(model, provider, null)
            : null;
    }

    /// <summary>The id of a model that was named without its provider, as programs do that know one provider; null where none has it, or several have.</summary>
    private async Task<string?> BareAsync(string name, MediaKind kind, CancellationToken cancel)
    {
        var found = (await ListAsync(cancel)).Where(m => m.Name == name && m.Kinds.Contains(kind)).Select(m => m.Id).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private async Task<SortedDictionary<string, string>> TargetsAsync(MediaKind kind, CancellationToken cancel)
    {
        var targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var (video, image) = (await DefaultAsync(MediaKind.Video, cancel), await DefaultAsync(MediaKind.Image, cancel));
        foreach (var name in RetiredVideoModels.Concat(DefaultImageAliases).Concat(options.Aliases.Keys))
        {
            var (target, stands) = Alias(name, kind)!.Value;
            targets[name] = target ?? (stands == MediaKind.Video ? video : image);
        }

        return targets;
    }

    /// <summary>What a name stands for; null for one that is no alias. Models are listed only for one of the default model: a provider that is away must not delay the others.</summary>
    private async Task<string?> TargetAsync(string name, MediaKind kind, CancellationToken cancel) =>
        Alias(name, kind) is var (target, stands) ? target ?? await DefaultAsync(stands, cancel) : null;

    /// <summary>A model, or (null) the default one of a kind. The operator's own come first.</summary>
    private (string? Target, MediaKind Default)? Alias(string name, MediaKind kind) =>
        options.Aliases.TryGetValue(name, out var target) ? (target, kind)
        : DefaultImageAliases.Contains(name) ? (null, MediaKind.Image)
        : RetiredVideoModels.Contains(name) ? (null, MediaKind.Video)
        : null;

    private async Task<string> DefaultAsync(MediaKind kind, CancellationToken cancel)
    {
        if ((kind == MediaKind.Video ? options.Default : options.DefaultImage) is { } chosen)
        {
            return chosen;
        }

        foreach (var provider in providers.All)
        {
            if ((await provider.ListModelsAsync(cancel)).FirstOrDefault(m => m.Generative && m.Kinds.Contains(kind)) is { } live)
            {
                return live.Id;
            }
        }

        return BuiltIn;
    }

    private async Task<KinoraException> NotFoundAsync(string name, MediaKind kind, CancellationToken cancel)
    {
        var asked = await TargetAsync(name, kind, cancel) ?? name;
        var slash = asked.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && providers.HowToSwitchOn(asked[..slash]) is { } how)
        {
            return new KinoraException(ErrorCodes.ModelNotFound, how) { Faults = [new Fault("model", how, ErrorCodes.ModelNotFound)] };
        }

        var known = (await ListAsync(cancel)).Select(m => m.Id).ToList();
        var near = known.Where(id => id.EndsWith("/" + asked, StringComparison.OrdinalIgnoreCase))
            .Concat(known.OrderBy(id => Distance(id, asked)))
            .Distinct().Take(3);
        var shown = asked.Length > 80 ? asked[..80] + "…" : asked;
        var text = $"There is no model \"{shown}\" here. Near ones: {string.Join(", ", near)}.";
        return new KinoraException(ErrorCodes.ModelNotFound, text) { Faults = [new Fault("model", text, ErrorCodes.ModelNotFound)] };
    }

    /// <summary>Edit distance, for suggestions; names are short.</summary>
    private static int Distance(string a, string b)
    {
        b = b.Length > 80 ? b[..80] : b;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }
}
