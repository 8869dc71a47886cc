using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Gemini;

/// <summary>Google's Gemini Omni, by the Interactions API.</summary>
internal sealed class GeminiModule() : VendorModule(_vendor)
{
    private static readonly Vendor _vendor = new("gemini", "https://generativelanguage.googleapis.com")
    {
        KeyNames = ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
        BaseUrlNames = ["GOOGLE_GEMINI_BASE_URL"],
        KeyPage = "https://aistudio.google.com/apikey",
        KeyHeader = "x-goog-api-key",
        KeyPrefix = "",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(10) },
    };

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) =>
        new GeminiProvider(site, traits, clock, new PublishedKeys(site.Endpoint.At(GeminiSignatures.KeysPath), site.Endpoint, clock, site.Timeout, PublishedKeys.RsaOf));
}
