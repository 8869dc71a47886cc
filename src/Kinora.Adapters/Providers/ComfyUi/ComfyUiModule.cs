using Kinora.Adapters.Providers.Tasks;
using Kinora.Adapters.Providers.Workflows;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>A ComfyUI of the operator's own. On by settings alone: its address, and the folder with his workflows.</summary>
internal sealed class ComfyUiModule() : VendorModule(_vendor)
{
    private const string Workflows = "Workflows";

    private static readonly Vendor _vendor = new("comfyui", "http://127.0.0.1:8188")
    {
        NeedsKey = false,
        Settings = [Workflows],
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(2) },
    };

    public override IReadOnlyList<string> Check(ProviderSettings settings)
    {
        var prefix = $"Providers:{settings.Name}:";
        return
        [
            .. TaskSite.Faults(settings, _vendor),
            .. settings.BaseUrl is null ? [$"{prefix}BaseUrl is missing: the address of your ComfyUI, such as {_vendor.BaseUrl}."] : Array.Empty<string>(),
            .. settings.Extra.TryGetValue(Workflows, out var folder)
                ? WorkflowFolder.Read(folder, settings.Name).Faults.Select(fault => $"{prefix}{Workflows}: {fault}")
                : [$"{prefix}{Workflows} is missing: the folder with your workflows, each as NAME.json (API format) with NAME.bindings.json beside it."],
        ];
    }

    protected override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services) =>
        new ComfyUiProvider(site, traits, clock, site.Extra[Workflows]);
}
