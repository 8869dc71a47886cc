using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Runway;

/// <summary>What Runway makes, by the types and words of its own client (npm <c>@runwayml/sdk</c> 4.20.1); what is not said there is not said here.</summary>
internal static class RunwayModels
{
    private const string VideoUri = "videoUri";
    private const string PromptVideo = "promptVideo";
    private const string Wide = "1280:720 720:1280";
    private const string Veo = Wide + " 1920:1080 1080:1920";
    private const string Seedance720 = Wide + " 960:960 1112:834 834:1112 1470:630 992:432 864:496 752:560 640:640 560:752 496:864";
    private const string Seedance4K = Seedance720 + " 2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920 3840:1646 3840:2160 3840:2880 3840:3840 2880:3840 2160:3840";
    private const string Seedance25 = Wide + " 960:960 1112:834 834:1112 1470:630 992:432 854:480 752:560 640:640 560:752 480:854 2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920";
    private const string Wan = Wide + " 1104:832 960:960 832:1104 832:480 720:544 624:624 544:720 480:832 1920:1080 1648:1248 1440:1440 1248:1648 1080:1920";
    private const string HappyHorse = Wide + " 960:960 1108:832 832:1108 1920:1080 1080:1920 1440:1440 1662:1248 1248:1662";

    private static readonly FrameTable _hailuo = FrameTable.Of(["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], ("768p", 768), ("2k", 1440));
    private static readonly FrameTable _grok = FrameTable.Of(["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3"], ("720p", 720), ("480p", 480), ("1080p", 1080));

    public static IReadOnlyList<RunwayModel> At(string provider)
    {
        ModelInfo Row(string name, string title) => new()
        {
            Id = $"{provider}/{name}",
            Title = title,
            FirstFrame = true,
            Audio = AudioRule.Unknown,
            Cancel = true,
            Source = "@runwayml/sdk 4.20.1",
            SourceDate = new DateOnly(2026, 11, 21),
        };

        ModelInfo Seedance(string name, string title, string frames) =>
            Row(name, title) with { Sizes = Pixels(frames), LastFrame = true, MaxReferences = 9, Seed = true, Audio = AudioRule.Switch, Remix = true, TakesVideo = true, MaxPromptLength = 3_500 };

        ModelInfo Hosted(string name, string title) =>
            Row(name, title) with { Sizes = Pixels(Veo), Durations = DurationRule.OneOf(8, 4, 6, 8), LastFrame = true, NegativePrompt = true, Seed = true, Audio = AudioRule.Switch, MaxPromptLength = 1_000 };

        ModelInfo Wan3(string name, string title) => Row(name, title) with { Sizes = Pixels(Wan), LastFrame = true, MaxReferences = 10, Audio = AudioRule.Switch };

        return
        [
            new(Row("gen4.5", "Runway Gen-4.5") with { Sizes = Pixels(Wide + " 1104:832 960:960 832:1104 1584:672"), Durations = Whole(2, 10), Seed = true, MaxPromptLength = 1_000 })
            {
                TextSizes = Frames(Wide),
            },
            new(Row("gen4_turbo", "Runway Gen-4 Turbo") with
            {
                Sizes = Pixels(Wide + " 1104:832 832:1104 960:960 1584:672"), Durations = Whole(2, 10), Seed = true, Audio = AudioRule.None, MaxPromptLength = 1_000,
                Price = new Price(0.05m, PriceUnit.Second) { Source = "https://docs.dev.runwayml.com/guides/pricing", SourceDate = new DateOnly(2026, 11, 21) },
            }) { FromText = false },
            new(Row("aleph2", "Runway Aleph 2") with { FirstFrame = false, Seed = true, Edit = true, TakesVideo = true }) { FromText = false, VideoField = VideoUri },
            new(Hosted("veo3.1", "Veo 3.1 at Runway")),
            new(Hosted("veo3.1_fast", "Veo 3.1 Fast at Runway")),
            new(Seedance("seedance2", "Seedance 2 at Runway", Seedance4K)) { VideoField = PromptVideo },
            new(Seedance("seedance2_fast", "Seedance 2 Fast at Runway", Seedance720)) { VideoField = PromptVideo },
            new(Seedance("seedance2_mini", "Seedance 2 Mini at Runway", Seedance720)) { VideoField = PromptVideo },
            new(Seedance("seedance2_5", "Seedance 2.5 at Runway", Seedance25) with { MaxReferences = 30, Edit = true, Extend = true, MaxPromptLength = 15_000 })
            {
                VideoField = PromptVideo, Modes = true, AutoEdits = true,
            },
            new(Row("gemini_omni_flash", "Gemini Omni Flash at Runway") with { Sizes = Pixels(Wide), Durations = Whole(3, 10), Edit = true, TakesVideo = true }) { VideoField = VideoUri },
            new(Row("gemini_omni_flash_1.1", "Gemini Omni Flash 1.1 at Runway") with
            {
                Sizes = Pixels(Wide + " 640:360 360:640 1920:1080 1080:1920 3840:2160 2160:3840"), Durations = Whole(3, 10), LastFrame = true,
                Remix = true, Edit = true, Extend = true, TakesVideo = true,
            }) { VideoField = VideoUri, Modes = true },
            new(Row("hailuo3", "Hailuo 3 at Runway") with { Sizes = _hailuo.Rule, LastFrame = true, MaxReferences = 9, Remix = true, TakesVideo = true }) { Words = _hailuo, VideoField = PromptVideo },
            new(Row("happyhorse_1_0", "HappyHorse 1.0 at Runway") with { Sizes = Pixels(HappyHorse), MaxPromptLength = 2_500 }) { FromPicture = PictureFrame.Resolution, Sides = [720, 1080] },
            new(Row("grok_imagine_1_5", "Grok Imagine 1.5 at Runway") with { Sizes = _grok.Rule }) { Words = _grok, FromPicture = PictureFrame.Resolution, Sides = [480, 720, 1080] },
            new(Wan3("wan3", "Wan 3 at Runway")) { FromPicture = PictureFrame.Auto, Sides = [480, 720, 1080] },
            new(Wan3("wan3_prime", "Wan 3 Prime at Runway")) { FromPicture = PictureFrame.Auto, Sides = [480, 720, 1080] },
            new(Row("h3_max", "MiniMax H3 Max at Runway") with { LastFrame = true, Seed = true }) { FromPicture = PictureFrame.Resolution, Sides = [480, 768], SidesOnly = true },
        ];
    }

    private static DurationRule Whole(int min, int max) => DurationRule.Between(min, max, 5) with { Whole = true };

    private static SizeRule Pixels(string frames) => new() { Allowed = Frames(frames), Default = new FrameSize(1280, 720) };

    private static FrameSize[] Frames(string text) => [.. text.Split(' ').Select(frame => FrameSize.TryParse(frame.Replace(':', 'x'), out var size) ? size : throw new FormatException(frame))];
}
