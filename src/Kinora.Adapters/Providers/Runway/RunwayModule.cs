using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Runway;

/// <summary>Runway's own models and those it hosts.</summary>
internal sealed class RunwayModule() : VendorModule(_vendor)
{
    private static readonly Vendor _vendor = new("runway", "https://api.dev.runwayml.com")
    {
        KeyNames = ["RUNWAYML_API_SECRET"],
        BaseUrlNames = ["RUNWAYML_BASE_URL"],
        KeyPage = "https://dev.runwayml.com",
        Headers = [new("X-Runway-Version", "2024-11-06")],
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(6) },
    };

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) => new RunwayProvider(site, traits, clock);
}
