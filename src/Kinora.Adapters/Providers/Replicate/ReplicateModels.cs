using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Replicate;

/// <summary>
/// Well-known models at Replicate. Names of inputs are those of their schemas (<c>https://replicate.com/{owner}/{name}/versions/{version}/api</c>, copies read
/// 2026-11-22; NOTES.md). Any other model works by its name where an operator lists it.
/// </summary>
internal static class ReplicateModels
{
    private static readonly DateOnly _read = new(2026, 11, 22);

    /// <summary>What many models call their inputs.</summary>
    private static readonly InputNames _usual = new()
    {
        NegativePrompt = "negative_prompt",
        Seed = "seed",
        Audio = "generate_audio",
        Seconds = "duration",
        Ratio = "aspect_ratio",
        Resolution = "resolution",
        FirstFrame = "image",
        LastFrame = "last_frame",
        References = "reference_images",
    };

    private static readonly InputNames _usualOfPictures = new()
    {
        NegativePrompt = "negative_prompt",
        Seed = "seed",
        Ratio = "aspect_ratio",
        References = "image_input",
        Count = "num_outputs",
    };

    private static readonly InputNames _veo = _usual with { References = null };
    private static readonly InputNames _seedance = new()
    {
        Seed = "seed",
        Seconds = "duration",
        Ratio = "aspect_ratio",
        Resolution = "resolution",
        FirstFrame = "image",
        LastFrame = "last_frame_image",
    };

    private static readonly InputNames _hailuo = new() { Seconds = "duration", Resolution = "resolution", FirstFrame = "first_frame_image" };
    private static readonly InputNames _kling = new() { NegativePrompt = "negative_prompt", Seconds = "duration", Ratio = "aspect_ratio", FirstFrame = "start_image" };
    private static readonly InputNames _picture = new() { Ratio = "aspect_ratio", Format = "output_format", ShortJpeg = true };
    private static readonly string[] _ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"];

    public static HostedModels All { get; } = new(
    [
        Video("google/veo-3.1", "Veo 3.1", _veo) with { Frames = FrameTable.Of(["16:9", "9:16"], ("1080p", 1080), ("720p", 720)), Durations = DurationRule.OneOf(8, 4, 6, 8) },
        Video("google/veo-3.1-fast", "Veo 3.1 fast", _veo) with { Frames = FrameTable.Of(["16:9", "9:16"], ("1080p", 1080), ("720p", 720)), Durations = DurationRule.OneOf(8, 4, 6, 8) },
        Video("bytedance/seedance-1-pro", "Seedance 1 pro", _seedance) with
        {
            Frames = FrameTable.Of(_ratios, ("1080p", 1080), ("720p", 720), ("480p", 480)), Durations = DurationRule.Between(2, 12, 5) with { Whole = true },
        },
        Video("bytedance/seedance-1-lite", "Seedance 1 lite", _seedance) with
        {
            Frames = FrameTable.Of(_ratios, ("720p", 720), ("480p", 480), ("1080p", 1080)), Durations = DurationRule.Between(2, 12, 5) with { Whole = true },
        },

        // Ten seconds are made too, but not at 1080p.
        Video("minimax/hailuo-2.3", "Hailuo 2.3", _hailuo) with { Frames = FrameTable.Of(["16:9"], ("768p", 768), ("1080p", 1080)), Durations = DurationRule.OneOf(6, 6) },
        Video("minimax/hailuo-02", "Hailuo 02", _hailuo with { LastFrame = "last_frame_image" }) with
        {
            Frames = FrameTable.Of(["16:9"], ("1080p", 1080), ("768p", 768)), Durations = DurationRule.OneOf(6, 6),
        },
        Video("kwaivgi/kling-v2.5-turbo-pro", "Kling 2.5 turbo pro", _kling) with { Frames = FrameTable.Of(["16:9", "9:16", "1:1"], ("", 1080)), Durations = DurationRule.OneOf(5, 5, 10) },
        Picture("google/nano-banana-2", "Nano Banana 2", _picture with { References = "image_input" }) with { Image = new ImageRule { MaxInputs = 14, Formats = ["png", "jpeg"] } },
        Picture("google/nano-banana-pro", "Nano Banana Pro", _picture with { References = "image_input" }) with { Image = new ImageRule { MaxInputs = 14, Formats = ["png", "jpeg"] } },
        Picture("black-forest-labs/flux-kontext-pro", "FLUX.1 Kontext pro", _picture with { References = "input_image", OneReference = true }) with
        {
            Image = new ImageRule { MaxInputs = 1, Formats = ["png", "jpeg"] },
        },
        Picture("black-forest-labs/flux-schnell", "FLUX.1 schnell", _picture with { Seed = "seed", Count = "num_outputs" }) with { Image = new ImageRule { MaxCount = 4 } },
    ], "https://replicate.com, schemas of versions", _read, _usual, _usualOfPictures);

    // One route for all: what is given decides there.
    private static HostedModel Video(string name, string title, InputNames names)
    {
        var route = new ModelRoute(name, names);
        return new HostedModel(name, title, route) { FromFirst = route, FromBoth = names.LastFrame is null ? null : route };
    }

    private static HostedModel Picture(string name, string title, InputNames names)
    {
        var route = new ModelRoute(name, names);
        return new HostedModel(name, title, route) { Kind = MediaKind.Image, FromPictures = names.References is null ? null : route };
    }
}
