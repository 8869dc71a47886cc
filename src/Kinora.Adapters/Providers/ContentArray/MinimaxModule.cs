using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>MiniMax's second video API: H3. The first one (Hailuo 2) is not spoken here.</summary>
internal sealed class MinimaxModule() : ContentArrayModule(_vendor, _content)
{
    private static readonly Vendor _vendor = new("minimax", "https://api.minimax.io")
    {
        KeyNames = ["MINIMAX_API_KEY"],
        KeyPage = "https://platform.minimax.io",
        Traits = new ProviderTraits { MinPoll = TimeSpan.FromSeconds(10) },
        Settings = [Watermark],
    };

    private static readonly ContentVendor _content =
        new("/v2/video_generation", "/v2/query/video_generation/", "/v2/video_generation/", MinimaxModels.Frames, MinimaxModels.At)
        {
            AigcWatermark = true,
            NamesSingleFrame = true,
            FramesHideRatio = true,
            Challenges = true,
            ErrorWords = MinimaxModels.ErrorWords,
            Charge = MinimaxModels.Charge,
        };
}
