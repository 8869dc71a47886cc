using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>A place that hosts many people's models: what it can do is told by the rows of its models, not by the place.</summary>
internal abstract class HostedProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models) : TaskProvider(site, traits, clock)
{
    private const int MostReferences = 16;

    protected sealed override IReadOnlyList<ModelInfo> Known { get; } = models.At(site.Name);

    protected HostedModel Find(string name, MediaKind kind) => models.Find(name, kind);

    /// <summary>It may be of any kind, so all is passed on that the place has a usual name for.</summary>
    protected sealed override ModelInfo Unlisted(string name) => base.Unlisted(name) with
    {
        Kinds = [MediaKind.Video, MediaKind.Image],
        LastFrame = true,
        MaxReferences = MostReferences,
        NegativePrompt = true,
        Seed = true,
        Cancel = true,
    };
}
