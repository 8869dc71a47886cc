using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

public sealed class RequestRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly InputImage Picture = new("hash", "image/png", 64, 64);

    private static readonly ModelInfo Plain = new()
    {
        Id = "fake/plain",
        Title = "Plain",
        Source = "test",
        MaxPromptLength = 100,
        Durations = DurationRule.OneOf(8, 4, 8, 12),
        Sizes = new SizeRule { MinSide = 128, MaxSide = 1920, Step = 2, Default = new FrameSize(1280, 720) },
    };

    private static readonly GenerationRequest Good = new() { Prompt = "a fox", Size = new FrameSize(1280, 720), Seconds = 8 };

    public static TheoryData<string, GenerationRequest, string, string> Faults => new()
    {
        { "empty prompt", Good with { Prompt = "  " }, "prompt", "empty" },
        { "long prompt", Good with { Prompt = new string('x', 101) }, "prompt", "101 characters; at most 100" },
        { "half a character", Good with { Prompt = "fox \ud83e" }, "prompt", "Unicode" },
        { "half a character first", Good with { Prompt = "\udd8a fox" }, "prompt", "Unicode" },
        { "kind", Good with { Kind = MediaKind.Image, Seconds = null }, "model", "fake/plain makes videos; an image was asked" },
        { "size over", Good with { Size = new FrameSize(3840, 2160) }, "size", "128 to 1920 pixels a side, even; you asked for 3840x2160" },
        { "size odd", Good with { Size = new FrameSize(1281, 720) }, "size", "you asked for 1281x720" },
        { "seconds not made", Good with { Seconds = 5 }, "seconds", "4, 8, 12 seconds; you asked for 5" },
        { "no seconds", Good with { Seconds = 0 }, "seconds", "positive" },
        { "negative seconds", Good with { Seconds = -4 }, "seconds", "positive" },
        { "endless", Good with { Seconds = double.PositiveInfinity }, "seconds", "positive" },
        { "no number", Good with { Seconds = double.NaN }, "seconds", "positive" },
        { "first frame", Good with { FirstFrame = Picture }, "reference", "no first frame" },
        { "last frame", Good with { LastFrame = Picture }, "last_frame", "no last frame" },
        { "references", Good with { References = [Picture] }, "references", "no reference pictures" },
        { "negative prompt", Good with { NegativePrompt = "dogs" }, "negative_prompt", "no negative prompt" },
        { "two centuries", Good with { Seconds = 1e300 }, "seconds", "at most" },
        { "half a character in the negative prompt", Good with { NegativePrompt = "\ud83e" }, "negative_prompt", "Unicode" },
        { "long negative prompt", Good with { NegativePrompt = new string('x', 101) }, "negative_prompt", "at most 100" },
        { "format of a video", Good with { Format = "png" }, "format", "picture" },
        { "seed", Good with { Seed = 1 }, "seed", "no seed" },
        { "sound", Good with { Audio = true }, "audio", "no sound" },
        { "remix", Good with { Operation = Operation.Remix }, "model", "cannot remix" },
        { "edit", Good with { Operation = Operation.Edit }, "model", "cannot edit" },
        { "extend", Good with { Operation = Operation.Extend }, "model", "cannot extend" },
        { "cost", Good with { MaxCostUsd = -1 }, "max_cost_usd", "negative" },
    };

    [Fact]
    public void Check_GoodRequest_HasNoFaults() => RequestRules.Check(Good, Plain, Today).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OneFault_NamesTheFieldAndWhatIsAllowed(string name, GenerationRequest request, string field, string text)
    {
        var model = name.EndsWith("negative prompt", StringComparison.Ordinal) && name != "negative prompt" ? Plain with { NegativePrompt = true } : Plain;

        var fault = RequestRules.Check(request, model, Today).ShouldHaveSingleItem();

        fault.Field.ShouldBe(field);
        fault.Text.ShouldContain(text);
    }

    [Fact]
    public void Check_ManyFaults_AreToldTogether()
    {
        var request = Good with { Prompt = "", Seconds = 5, Size = new FrameSize(3, 3), Seed = 1, LastFrame = Picture, MaxCostUsd = -1 };

        RequestRules.Check(request, Plain, Today).Select(f => f.Field).ShouldBe(
            ["prompt", "seconds", "size", "seed", "last_frame", "max_cost_usd"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("png", true)]
    [InlineData("jpeg", true)]
    [InlineData("webp", true)]
    [InlineData("gif", false)]
    [InlineData("../../x.png", false)]
    [InlineData("", false)]
    public void Check_FormatOfAPicture(string? format, bool good)
    {
        var request = new GenerationRequest { Kind = MediaKind.Image, Prompt = "a fox", Format = format };

        var faults = RequestRules.Check(request, Plain with { Kinds = [MediaKind.Image] }, Today);

        faults.Select(f => f.Field).ShouldBe(good ? [] : ["format"]);
    }

    [Fact]
    public void Check_PictureWithALength_IsRefused() =>
        RequestRules.Check(new GenerationRequest { Kind = MediaKind.Image, Prompt = "a fox", Seconds = 4 }, Plain with { Kinds = [MediaKind.Image] }, Today)
            .ShouldHaveSingleItem().Field.ShouldBe("seconds");

    [Fact]
    public void Check_AlwaysSounding_RefusesSilenceOnly()
    {
        var loud = Plain with { Audio = AudioRule.Always };

        RequestRules.Check(Good with { Audio = true }, loud, Today).ShouldBeEmpty();
        RequestRules.Check(Good with { Audio = false }, loud, Today).ShouldHaveSingleItem().Field.ShouldBe("audio");
    }

    [Fact]
    public void Check_TooManyReferences_TellsBothNumbers() =>
        RequestRules.Check(Good with { References = [Picture, Picture, Picture] }, Plain with { MaxReferences = 2 }, Today)
            .ShouldHaveSingleItem().Text.ShouldContain("at most 2 reference pictures; you gave 3");

    [Theory]
    [InlineData("2026-11-21", true)]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-11-22", false)]
    public void Check_RetirementDay_IsTheFirstDayOfRefusals(string day, bool refused)
    {
        var old = Plain with { RetiresOn = DateOnly.ParseExact(day, "yyyy-MM-dd"), Replacement = "fake/new" };

        var faults = RequestRules.Check(Good, old, Today);

        faults.Count.ShouldBe(refused ? 1 : 0);
        if (refused)
        {
            faults[0].Text.ShouldContain("Use fake/new");
            faults[0].Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData("k", true)]
    [InlineData("key with spaces, ümläuts and 鍵", true)]
    [InlineData("tab\t", false)]
    [InlineData("nul\0", false)]
    public void CheckKey_Alphabet(string? key, bool good) => (RequestRules.CheckKey(key) is null).ShouldBe(good);

    [Fact]
    public void CheckKey_HalfACharacter_IsRefused() => RequestRules.CheckKey("half \ud83e").ShouldNotBeNull();

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(100_000, false)]
    public void CheckKey_Length(int length, bool good) => (RequestRules.CheckKey(new string('k', length)) is null).ShouldBe(good);
}
