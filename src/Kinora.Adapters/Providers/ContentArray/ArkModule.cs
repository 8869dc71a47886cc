using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>ByteDance's ModelArk: Seedance.</summary>
internal sealed class ArkModule() : ContentArrayModule(_vendor, _content)
{
    private const string Tasks = "/contents/generations/tasks";

    private static readonly Vendor _vendor = new("ark", "https://ark.ap-southeast.bytepluses.com/api/v3")
    {
        KeyNames = ["ARK_API_KEY"],
        KeyPage = "https://console.byteplus.com/ark",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(10) },
        Settings = [Watermark],
    };

    private static readonly ContentVendor _content = new(Tasks, Tasks + "/", Tasks + "/", SeedanceModels.Frames, SeedanceModels.At)
    {
        List = Tasks,
        AudioSwitch = true,
        AdaptiveModels = "seedance-2-5",
    };
}
