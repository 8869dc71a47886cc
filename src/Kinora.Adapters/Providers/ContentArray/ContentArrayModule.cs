using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>A vendor of content arrays as a kind of its own.</summary>
internal abstract class ContentArrayModule(Vendor vendor, ContentVendor content) : VendorModule(vendor)
{
    /// <summary>Whether results are marked visibly as made by a model: <c>true</c> or <c>false</c>, the default.</summary>
    protected const string Watermark = "Watermark";

    public override IReadOnlyList<string> Check(ProviderSettings settings) =>
        [.. base.Check(settings), .. settings.Extra.TryGetValue(Watermark, out var text) && !bool.TryParse(text, out _) ? [$"Providers:{settings.Name}:{Watermark} is true or false."] : Array.Empty<string>()];

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services)
    {
        var watermark = site.Extra.TryGetValue(Watermark, out var text) && bool.Parse(text);
        return content.List is null ? new ContentArrayProvider(content, site, traits, clock, watermark) : new ListedContentArrayProvider(content, site, traits, clock, watermark);
    }
}
