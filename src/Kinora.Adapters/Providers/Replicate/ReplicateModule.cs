using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Replicate;

/// <summary>Models hosted by Replicate, for videos and for pictures.</summary>
internal sealed partial class ReplicateModule() : VendorModule(_vendor)
{
    private static readonly Vendor _vendor = new("replicate", "https://api.replicate.com/v1")
    {
        KeyNames = ["REPLICATE_API_TOKEN"],
        KeyPage = "https://replicate.com/account/api-tokens",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(3) },
    };

    public override IReadOnlyList<string> Check(ProviderSettings settings) =>
    [
        .. base.Check(settings),
        .. settings.Models.Where(model => !Name().IsMatch(model)).Select(model => $"Providers:{settings.Name}:Models: \"{model}\" is no model of Replicate's; they read owner/name or owner/name:version."),
    ];

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) => new ReplicateProvider(site, traits, clock);

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*(:[0-9a-f]{64})?\z")]
    private static partial Regex Name();
}
