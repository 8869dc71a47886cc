using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>The rules of requests for pictures.</summary>
public sealed class ImageRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly InputImage Picture = new("hash", "image/png", 64, 48);
    private static readonly InputImage Mask = new("mask", "image/png", 64, 48, Alpha: true);
    private static readonly GenerationRequest Good = new() { Kind = MediaKind.Image, Prompt = "a fox" };

    private static readonly ModelInfo Full = new()
    {
        Id = "fake/pen",
        Title = "Pen",
        Source = "test",
        Kinds = [MediaKind.Image],
        NegativePrompt = true,
        Seed = true,
        Image = new ImageRule { MaxCount = 4, MaxInputs = 3, Mask = true, Qualities = ["low", "high"], Transparent = true, Analyzes = true },
    };

    private static readonly ModelInfo Least = Full with { NegativePrompt = false, Seed = false, Image = new ImageRule { Formats = ["jpeg"], Qualities = ["low"] } };

    public static TheoryData<string, GenerationRequest, string, string> Wrong => new()
    {
        { "format", Good with { Format = "gif" }, "format", "The format is one of png, jpeg, webp." },
        { "quality", Good with { Quality = "HIGH" }, "quality", "The quality is one of auto, low, medium, high, xhigh, max." },
        { "background", Good with { Background = "red" }, "background", "The background is one of auto, transparent, opaque." },
        { "use", Good with { UseCase = "../etc" }, "use_case", "The use case is one of general, product, icon, illustration, background, hero, style_series." },
        { "transparent jpeg", Good with { Background = "transparent", Format = "jpeg" }, "background", "A JPEG cannot be transparent. Ask for png or webp, or leave the background out." },
        { "none", Good with { Count = 0 }, "count", "At least one picture is made; you asked for 0." },
        { "less than none", Good with { Count = -3 }, "count", "At least one picture is made; you asked for -3." },
        { "mask alone", Good with { Mask = Mask }, "mask", "A mask says where a picture may change; give the picture too." },
        { "mask of another size", Good with { References = [Picture], Mask = Mask with { Width = 63 } }, "mask", "The mask must be as large as its picture, 64x48; it is 63x48." },
        { "opaque mask", Good with { References = [Picture], Mask = Mask with { Alpha = false } }, "mask", "The mask has no transparent part: an alpha channel tells where to paint. Give a PNG with one." },
        { "length", Good with { Seconds = 4 }, "seconds", "A picture has no length; leave it out." },
        { "first frame", Good with { FirstFrame = Picture }, "reference", "A picture has no first frame; leave it out." },
        { "last frame", Good with { LastFrame = Picture }, "last_frame", "A picture has no last frame; leave it out." },
        { "sound", Good with { Audio = false }, "audio", "A picture has no sound; leave it out." },
    };

    public static TheoryData<string, GenerationRequest, string, string> NotMadeByLeast => new()
    {
        { "count", Good with { Count = 2 }, "count", "fake/pen makes at most 1 picture at once; you asked for 2." },
        { "input", Good with { References = [Picture] }, "references", "fake/pen makes pictures from words only." },
        { "source", Good with { Source = JobId.New(new SystemRandomBytes()) }, "references", "fake/pen makes pictures from words only." },
        { "format", Good with { Format = "png" }, "format", "fake/pen writes jpeg; you asked for png." },
        { "quality", Good with { Quality = "high" }, "quality", "fake/pen knows the qualities low; you asked for high." },
        { "background", Good with { Background = "transparent" }, "background", "fake/pen makes no transparent backgrounds." },
        { "negative prompt", Good with { NegativePrompt = "dogs" }, "negative_prompt", "fake/pen takes no negative prompt." },
        { "seed", Good with { Seed = 7 }, "seed", "fake/pen takes no seed." },
        { "analysis", Good with { Analyze = true }, "model", "fake/pen cannot say what a picture shows." },
    };

    public static TheoryData<GenerationRequest> Right =>
    [
        Good,
        Good with { Count = 4, Format = "webp", Quality = "auto", Background = "transparent", UseCase = "icon", Seed = 1, NegativePrompt = "dogs", Analyze = true },
        Good with { References = [Picture, Picture, Picture], Mask = Mask },
        Good with { References = [Picture, Picture with { Width = 1 }], Mask = Mask },
        // The mask of a picture that is gone on from is measured where that picture is known.
        Good with { Source = JobId.New(new SystemRandomBytes()), References = [Picture with { Width = 1 }], Mask = Mask },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_Wrong_NamesTheFieldAndWhatIsAllowed(string name, GenerationRequest request, string field, string text) =>
        RequestRules.Check(request, Full, Today).ShouldHaveSingleItem(name).ShouldBe(new Fault(field, text));

    [Theory]
    [MemberData(nameof(NotMadeByLeast))]
    public void Check_WhatTheModelCannot_IsRefusedAsSuch(string name, GenerationRequest request, string field, string text) =>
        RequestRules.Check(request, Least, Today).ShouldHaveSingleItem(name).ShouldBe(new Fault(field, text, ErrorCodes.UnsupportedByModel));

    [Theory]
    [MemberData(nameof(Right))]
    public void Check_Right_HasNoFaults(GenerationRequest request) => RequestRules.Check(request, Full, Today).ShouldBeEmpty();

    [Fact]
    public void Check_TooMany_TellsBothNumbers_TheSourceCounted()
    {
        var inputs = Good with { Source = JobId.New(new SystemRandomBytes()), References = [Picture, Picture, Picture] };

        RequestRules.Check(inputs, Full, Today).ShouldHaveSingleItem().Text.ShouldBe("fake/pen takes at most 3 pictures at once; you gave 4.");
        RequestRules.Check(Good with { Count = 5 }, Full, Today).ShouldHaveSingleItem().Text.ShouldBe("fake/pen makes at most 4 pictures at once; you asked for 5.");
    }

    [Fact]
    public void Check_MaskWhereNoneIsTaken_IsRefused() =>
        RequestRules.Check(Good with { References = [Picture], Mask = Mask }, Full with { Image = Full.Image! with { Mask = false } }, Today)
            .ShouldHaveSingleItem().Text.ShouldBe("fake/pen takes no mask.");

    [Fact]
    public void Check_UnknownWord_IsNotAlsoHeldAgainstTheModel() =>
        RequestRules.Check(Good with { Format = "gif", Quality = "best" }, Least, Today).Select(f => (f.Field, f.Code))
            .ShouldBe([("format", ErrorCodes.InvalidRequest), ("quality", ErrorCodes.InvalidRequest)]);

    [Fact]
    public void Check_ManyFaults_AreToldTogether() =>
        RequestRules.Check(Good with { Prompt = "", Format = "gif", Quality = "best", Background = "red", Count = 0, Mask = Mask, Seconds = 1, UseCase = "x" }, Full, Today)
            .Select(f => f.Field).ShouldBe(["prompt", "format", "quality", "background", "count", "mask", "seconds", "use_case"], ignoreOrder: true);

    [Fact]
    public void Check_FieldsOfPictures_AreRefusedForAVideo()
    {
        var film = new ModelInfo { Id = "fake/film", Title = "Film", Source = "test" };
        var request = new GenerationRequest { Prompt = "a fox", Format = "png", Quality = "high", Background = "opaque", Mask = Mask, Count = 2 };

        var faults = RequestRules.Check(request, film, Today);

        faults.Select(f => f.Field).ShouldBe(["format", "quality", "background", "mask", "count"]);
        faults[0].Text.ShouldBe("The format is that of a picture; leave it out for a video.");
    }

    [Theory]
    [InlineData(MediaKind.Image, "fake/pen makes videos; an image was asked.")]
    [InlineData(MediaKind.Video, "fake/pen makes images; a video was asked.")]
    public void Check_ModelOfTheOtherKind_IsRefused(MediaKind kind, string text) =>
        RequestRules.Check(Good with { Kind = kind }, Full with { Kinds = [1 - kind] }, Today).ShouldHaveSingleItem().Text.ShouldBe(text);
}
