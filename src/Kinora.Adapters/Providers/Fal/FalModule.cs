using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>Models hosted by fal, for videos and for pictures.</summary>
internal sealed class FalModule() : HostedModule(_vendor, FalPaths.IsEndpoint, "owner/app or owner/app/path")
{
    /// <summary>Where fal publishes the keys that its callbacks are signed with.</summary>
    private const string JwksUrl = "JwksUrl";

    private const string DefaultJwksUrl = "https://rest.alpha.fal.ai/.well-known/jwks.json";

    private static readonly Vendor _vendor = new("fal", "https://queue.fal.run")
    {
        KeyNames = ["FAL_KEY"],
        KeyPage = "https://fal.ai/dashboard/keys",
        KeyPrefix = "Key ",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(3) },
        Settings = [JwksUrl],
    };

    public override IReadOnlyList<string> Check(ProviderSettings settings) =>
    [
        .. base.Check(settings),
        .. settings.Extra.TryGetValue(JwksUrl, out var text) && UrlOf(text) is null ? [$"Providers:{settings.Name}:{JwksUrl} is an http or https address."] : (string[])[],
    ];

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models) => new FalProvider(
        site, traits, clock, models, new PublishedKeys(UrlOf(site.Extra.GetValueOrDefault(JwksUrl, DefaultJwksUrl))!, site.Endpoint, clock, site.Timeout, PublishedKeys.Ed25519Of));

    private static Uri? UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
