using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>The one model of the built-in renderer.</summary>
internal static class AnimaticModels
{
    internal const string Storyboard = "storyboard";

    /// <summary>Pictures a film may take as panels of its shots.</summary>
    internal const int MostPanels = 8;

    internal static ModelInfo Describe(string provider) => new()
    {
        Id = $"{provider}/{Storyboard}",
        Title = "Animatic: the built-in storyboard renderer (no key, no network, no cost)",
        Kinds = [MediaKind.Video, MediaKind.Image],
        Durations = DurationRule.Between(AnimaticFilm.LeastSeconds, AnimaticFilm.MostSeconds, 8),
        Sizes = new SizeRule { MinSide = AnimaticFilm.LeastSide, MaxSide = AnimaticFilm.MostSide, Step = 2, Default = new FrameSize(1280, 720) },
        FirstFrame = true,
        LastFrame = true,
        MaxReferences = MostPanels,
        Seed = true,
        Image = new ImageRule { MaxCount = 10, MaxInputs = 1, Mask = true, Transparent = true },
        Audio = AudioRule.Switch,
        Remix = true,
        Edit = true,
        Extend = true,
        Cancel = true,
        Price = new Price(0, PriceUnit.Job),
        Generative = false,
        Source = "this program",
    };
}
