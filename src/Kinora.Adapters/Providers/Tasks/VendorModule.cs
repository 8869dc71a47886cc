using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>The module of a kind whose every place is told by its <see cref="Vendor"/>.</summary>
internal abstract class VendorModule(Vendor vendor) : IProviderModule
{
    public string Kind => vendor.Kind;

    public ProviderEnvironment Environment { get; } = new(vendor.KeyNames, vendor.BaseUrlNames) { KeyPage = vendor.KeyPage };

    public virtual IReadOnlyList<string> Check(ProviderSettings settings) => [.. TaskSite.Faults(settings, vendor)];

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services) => Make(
        TaskSite.Read(settings, vendor),
        settings.Apply(vendor.Traits),
        (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System,
        services);

    /// <summary>Makes the provider. Must not do any I/O.</summary>
    protected abstract IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services);
}
