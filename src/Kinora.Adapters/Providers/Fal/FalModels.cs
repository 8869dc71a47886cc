using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>
/// Well-known models at fal. Names and values of inputs are those of the types in npm <c>@fal-ai/client</c> 1.10.1 (<c>src/types/endpoints.d.ts</c>); what
/// these do not say was read elsewhere (NOTES.md) or is left open. Any other endpoint works by its name where an operator lists it.
/// </summary>
internal static class FalModels
{
    private static readonly DateOnly _read = new(2026, 11, 22);

    /// <summary>What most models call their inputs.</summary>
    private static readonly InputNames _usual = new()
    {
        NegativePrompt = "negative_prompt",
        Seed = "seed",
        Audio = "generate_audio",
        Seconds = "duration",
        SecondsForm = SecondsForm.Text,
        Ratio = "aspect_ratio",
        Resolution = "resolution",
        FirstFrame = "image_url",
        LastFrame = "end_image_url",
        References = "image_urls",
    };

    private static readonly InputNames _usualOfPictures = new()
    {
        NegativePrompt = "negative_prompt",
        Seed = "seed",
        Size = "image_size",
        References = "image_urls",
        Count = "num_images",
    };

    private static readonly InputNames _plain = new() { Seconds = "duration", SecondsForm = SecondsForm.Text, Ratio = "aspect_ratio" };
    private static readonly InputNames _veo = _usual with { SecondsForm = SecondsForm.TextWithUnit, FirstFrame = null, LastFrame = null, References = null };
    private static readonly InputNames _kling = _plain with { NegativePrompt = "negative_prompt" };
    private static readonly InputNames _wan = _kling with { Seed = "seed", Resolution = "resolution" };
    private static readonly InputNames _pixverse = _wan with { SecondsForm = SecondsForm.Number, Audio = "generate_audio_switch" };
    private static readonly InputNames _seedance = _plain with { Resolution = "resolution", Seed = "seed", Audio = "generate_audio" };
    private static readonly InputNames _ltx = _plain with { Resolution = "resolution", Audio = "generate_audio" };
    private static readonly InputNames _vidu = _plain with { SecondsForm = SecondsForm.Number, Resolution = "resolution", Seed = "seed", Audio = "audio" };
    private static readonly InputNames _luma = _plain with { SecondsForm = SecondsForm.TextWithUnit, Resolution = "resolution" };
    private static readonly InputNames _grok = _plain with { SecondsForm = SecondsForm.Number, Resolution = "resolution" };
    private static readonly InputNames _picture = new() { Seed = "seed", Size = "image_size" };
    private static readonly string[] _wide = ["16:9", "9:16"];
    private static readonly string[] _three = ["16:9", "9:16", "1:1"];
    private static readonly string[] _five = ["16:9", "9:16", "1:1", "4:3", "3:4"];

    public static HostedModels All { get; } = new(
    [
        Veo("fal-ai/veo3.1", "Veo 3.1"),
        Veo("fal-ai/veo3.1/fast", "Veo 3.1 fast"),
        Kling3("fal-ai/kling-video/v3/pro", "Kling 3.0 pro", 1080),
        Kling3("fal-ai/kling-video/v3/standard", "Kling 3.0 standard", 720),
        Kling25("fal-ai/kling-video/v2.5-turbo/pro", "Kling 2.5 turbo pro"),
        new("fal-ai/bytedance/seedance/v1.5/pro", "Seedance 1.5 pro", new("fal-ai/bytedance/seedance/v1.5/pro/text-to-video", _seedance))
        {
            FromFirst = new("fal-ai/bytedance/seedance/v1.5/pro/image-to-video", _seedance with { FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/bytedance/seedance/v1.5/pro/image-to-video", _seedance with { FirstFrame = "image_url", LastFrame = "end_image_url" }),
            Frames = FrameTable.Of([.. _five, "21:9"], ("720p", 720), ("480p", 480), ("1080p", 1080)),
            Durations = DurationRule.Between(4, 12, 5) with { Whole = true },
        },
        Hailuo("fal-ai/minimax/hailuo-2.3/pro", "Hailuo 2.3 pro", 1080, DurationRule.OneOf(6, 6), null),
        Hailuo("fal-ai/minimax/hailuo-2.3/standard", "Hailuo 2.3 standard", 768, DurationRule.OneOf(6, 6, 10), "duration"),
        new("wan/v2.6", "Wan 2.6", new("wan/v2.6/text-to-video", _wan))
        {
            FromFirst = new("wan/v2.6/image-to-video", _wan with { Ratio = null, FirstFrame = "image_url" }),
            Frames = FrameTable.Of(_five, ("1080p", 1080), ("720p", 720)),
            Durations = DurationRule.OneOf(5, 5, 10, 15),
            Audio = AudioRule.Unknown,
        },
        new("fal-ai/wan/v2.7", "Wan 2.7", new("fal-ai/wan/v2.7/text-to-video", _wan))
        {
            FromFirst = new("fal-ai/wan/v2.7/image-to-video", _wan with { Ratio = null, FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/wan/v2.7/image-to-video", _wan with { Ratio = null, FirstFrame = "image_url", LastFrame = "end_image_url" }),
            Frames = FrameTable.Of(_five, ("1080p", 1080), ("720p", 720)),
            Durations = DurationRule.Between(2, 15, 5) with { Whole = true },
            Audio = AudioRule.Unknown,
        },
        new("fal-ai/pixverse/v6", "PixVerse 6", new("fal-ai/pixverse/v6/text-to-video", _pixverse))
        {
            FromFirst = new("fal-ai/pixverse/v6/image-to-video", _pixverse with { Ratio = null, FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/pixverse/v6/transition", _pixverse with { FirstFrame = "first_image_url", LastFrame = "end_image_url" }),
            Frames = FrameTable.Of([.. _five, "2:3", "3:2", "21:9"], ("720p", 720), ("360p", 360), ("540p", 540), ("1080p", 1080)),
            Durations = DurationRule.Between(1, 15, 5) with { Whole = true },
        },
        new("fal-ai/ltx-2.3", "LTX 2.3", new("fal-ai/ltx-2.3/text-to-video", _ltx))
        {
            FromFirst = new("fal-ai/ltx-2.3/image-to-video", _ltx with { FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/ltx-2.3/image-to-video", _ltx with { FirstFrame = "image_url", LastFrame = "end_image_url" }),
            Frames = FrameTable.Of(_wide, ("1080p", 1080), ("1440p", 1440), ("2160p", 2160)),
            Durations = DurationRule.OneOf(6, 6, 8, 10),
        },
        new("fal-ai/vidu/q3", "Vidu Q3", new("fal-ai/vidu/q3/text-to-video", _vidu))
        {
            FromFirst = new("fal-ai/vidu/q3/image-to-video", _vidu with { Ratio = null, FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/vidu/q3/image-to-video", _vidu with { Ratio = null, FirstFrame = "image_url", LastFrame = "end_image_url" }),
            // It makes 360p too, but not between two frames.
            Frames = FrameTable.Of(_five, ("720p", 720), ("540p", 540), ("1080p", 1080)),
            Durations = DurationRule.Between(1, 16, 5) with { Whole = true },
        },
        new("fal-ai/luma-dream-machine/ray-2", "Luma Ray 2", new("fal-ai/luma-dream-machine/ray-2", _luma))
        {
            FromFirst = new("fal-ai/luma-dream-machine/ray-2/image-to-video", _luma with { FirstFrame = "image_url" }),
            FromBoth = new("fal-ai/luma-dream-machine/ray-2/image-to-video", _luma with { FirstFrame = "image_url", LastFrame = "end_image_url" }),
            Frames = FrameTable.Of(["16:9", "9:16", "4:3", "3:4", "21:9", "9:21"], ("540p", 540), ("720p", 720), ("1080p", 1080)),
            Durations = DurationRule.OneOf(5, 5, 9),
        },
        new("xai/grok-imagine-video", "Grok Imagine", new("xai/grok-imagine-video/text-to-video", _grok))
        {
            FromFirst = new("xai/grok-imagine-video/image-to-video", _grok with { FirstFrame = "image_url" }),
            FromPictures = new("xai/grok-imagine-video/reference-to-video", _grok with { References = "reference_image_urls" }),
            MaxReferences = 7,
            Frames = FrameTable.Of([.. _five, "3:2", "2:3"], ("720p", 720), ("480p", 480)),
            Durations = DurationRule.Between(1, 15, 6) with { Whole = true },
            Audio = AudioRule.Unknown,
        },
        Picture("fal-ai/bytedance/seedream/v4.5", "Seedream 4.5", "/text-to-image", _picture with { Count = "num_images" }) with
        {
            Sizes = new SizeRule { MinSide = 900, MaxSide = 4096, MinPixels = 2560 * 1440, MaxPixels = 4096 * 4096, Default = new FrameSize(2048, 2048) },
            // At most 15 go in and come out.
            Image = new ImageRule { MaxCount = 5, MaxInputs = 10, Formats = ["png"] },
        },
        Picture("fal-ai/qwen-image-2", "Qwen Image 2", "/text-to-image", _picture with { Count = "num_images", NegativePrompt = "negative_prompt", Format = "output_format" }) with
        {
            Sizes = new SizeRule { MinSide = 256, MaxSide = 4096, MinPixels = 512 * 512, MaxPixels = 2048 * 2048, Default = new FrameSize(1024, 1024) },
            Image = new ImageRule { MaxInputs = 3 },
        },
        Picture("fal-ai/flux-2-pro", "FLUX.2 pro", "", _picture with { Format = "output_format" }) with { Image = new ImageRule { MaxInputs = 8, Formats = ["png", "jpeg"] } },
    ], "npm @fal-ai/client 1.10.1, endpoints.d.ts", _read, _usual, _usualOfPictures);

    private static HostedModel Veo(string name, string title) => new(name, title, new(name, _veo))
    {
        FromFirst = new(name + "/image-to-video", _veo with { FirstFrame = "image_url" }),
        FromBoth = new(name + "/first-last-frame-to-video", _veo with { FirstFrame = "first_frame_url", LastFrame = "last_frame_url" }),
        Frames = FrameTable.Of(_wide, ("720p", 720), ("1080p", 1080)),
        Durations = DurationRule.OneOf(8, 4, 6, 8),
    };

    // Kling's qualities are its resolutions: standard 720p, pro 1080p. With a picture it takes no ratio.
    private static HostedModel Kling3(string name, string title, int side) => new(name, title, new(name + "/text-to-video", _kling with { Audio = "generate_audio" }))
    {
        FromFirst = new(name + "/image-to-video", _kling with { Audio = "generate_audio", Ratio = null, FirstFrame = "start_image_url" }),
        FromBoth = new(name + "/image-to-video", _kling with { Audio = "generate_audio", Ratio = null, FirstFrame = "start_image_url", LastFrame = "end_image_url" }),
        Frames = FrameTable.Of(_three, ("", side)),
        Durations = DurationRule.Between(3, 15, 5) with { Whole = true },
    };

    private static HostedModel Kling25(string name, string title) => new(name, title, new(name + "/text-to-video", _kling))
    {
        FromFirst = new(name + "/image-to-video", _kling with { Ratio = null, FirstFrame = "image_url" }),
        FromBoth = new(name + "/image-to-video", _kling with { Ratio = null, FirstFrame = "image_url", LastFrame = "tail_image_url" }),
        Frames = FrameTable.Of(_three, ("", 1080)),
        Durations = DurationRule.OneOf(5, 5, 10),
        Price = new Price(0.07m, PriceUnit.Second) { Source = "https://fal.ai/models/fal-ai/kling-video/v2.5-turbo/pro/image-to-video/llms.txt", SourceDate = _read },
    };

    private static HostedModel Hailuo(string name, string title, int side, DurationRule durations, string? seconds) =>
        new(name, title, new(name + "/text-to-video", new() { Seconds = seconds, SecondsForm = SecondsForm.Text }))
        {
            FromFirst = new(name + "/image-to-video", new() { Seconds = seconds, SecondsForm = SecondsForm.Text, FirstFrame = "image_url" }),
            Frames = FrameTable.Of(["16:9"], ("", side)),
            Durations = durations,
        };

    private static HostedModel Picture(string name, string title, string words, InputNames names) => new(name, title, new(name + words, names))
    {
        Kind = MediaKind.Image,
        FromPictures = new(name + "/edit", names with { References = "image_urls" }),
    };
}
