using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Xai;

/// <summary>xAI's Grok Imagine: videos and pictures.</summary>
internal sealed class XaiModule() : VendorModule(_vendor)
{
    private static readonly Vendor _vendor = new("xai", "https://api.x.ai/v1")
    {
        KeyNames = ["XAI_API_KEY"],
        BaseUrlNames = ["XAI_BASE_URL"],
        KeyPage = "https://console.x.ai",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(5), SubmitTimeout = TimeSpan.FromMinutes(5) },
    };

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) => new XaiProvider(site, traits, clock);
}
