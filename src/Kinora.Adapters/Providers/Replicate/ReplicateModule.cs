using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Replicate;

/// <summary>Models hosted by Replicate, for videos and for pictures.</summary>
internal sealed partial class ReplicateModule() : HostedModule(_vendor, Name().IsMatch, "owner/name or owner/name:version")
{
    private static readonly Vendor _vendor = new("replicate", "https://api.replicate.com/v1")
    {
        KeyNames = ["REPLICATE_API_TOKEN"],
        KeyPage = "https://replicate.com/account/api-tokens",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(3) },
    };

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models) => new ReplicateProvider(site, traits, clock, models);

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*(:[0-9a-f]{64})?\z")]
    private static partial Regex Name();
}
