using Kinora.Adapters.Providers.Listed;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>OpenRouter: many vendors' videos and pictures behind one key.</summary>
internal sealed class OpenRouterModule() : VendorModule(_vendor)
{
    /// <summary>The workspace's signing secret for callbacks.</summary>
    private const string WebhookSecret = "WebhookSecret";

    private static readonly Vendor _vendor = new("openrouter", "https://openrouter.ai/api/v1")
    {
        KeyNames = ["OPENROUTER_API_KEY"],
        BaseUrlNames = ["OPENROUTER_BASE_URL"],
        KeyPage = "https://openrouter.ai/settings/keys",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(10), SubmitTimeout = TimeSpan.FromMinutes(5) },
        Settings = [WebhookSecret],
    };

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) =>
        new OpenRouterProvider(site, traits, clock, ListedProvider.FileOf(site.Name, services), site.Extra.GetValueOrDefault(WebhookSecret));
}
