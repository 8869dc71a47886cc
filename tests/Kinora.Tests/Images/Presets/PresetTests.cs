using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Images.Presets;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Images.Presets;

public sealed class PresetTests
{
    private static readonly ProductPreset Shoe = new("a red canvas sneaker");
    private static readonly UiAssetPreset Plane = new("icon", "a paper plane");
    private static readonly ImprovePreset Warmer = new("warmer light");

    public static TheoryData<string, Func<object>, string> UnknownWords => new()
    {
        { "background_type", () => (Shoe with { BackgroundType = "beige" }).Drafts(1), "white, transparent, lifestyle; \"beige\" was given" },
        { "angle", () => (Shoe with { Angle = "below" }).Drafts(1), "front, side, three-quarter, top; \"below\" was given" },
        { "lighting", () => (Shoe with { Lighting = "Studio" }).Drafts(1), "studio, natural, dramatic, soft; \"Studio\" was given" },
        { "batch_count", () => Shoe.Drafts(4), "1 to 3; 4 was given" },
        { "batch_count", () => Shoe.Drafts(0), "1 to 3; 0 was given" },
        { "asset_type", () => (Plane with { AssetType = "logo" }).Draft(), "icon, illustration, background, hero; \"logo\" was given" },
        { "theme", () => (Plane with { Theme = "" }).Draft(), "modern, classic, minimal, playful." },
        { "style_preset", () => (Plane with { StylePreset = "4d\n" }).Draft(), "flat, 3d, outline, filled." },
        { "size_preset", () => (Plane with { SizePreset = "huge" }).Draft(), "standard, small, large; \"huge\" was given" },
        { "product_description", () => new ProductPreset(" ").Drafts(1), "is empty" },
        { "product_description", () => new ProductPreset(new string('x', 30_001)).Drafts(1), "30,001 characters; at most 30,000" },
        { "description", () => (Plane with { Description = "\n" }).Draft(), "is empty" },
        { "improvement_goals", () => new ImprovePreset("").Draft(), "is empty" },
        { "preserve_elements", () => (Warmer with { Preserve = " " }).Draft(), "leave it out" },
    };

    [Theory]
    [MemberData(nameof(UnknownWords))]
    public void WhatIsNotKnown_IsRefusedByFieldWithWhatIsAllowed(string field, Func<object> draft, string allowed)
    {
        var refusal = Should.Throw<KinoraException>(draft);

        refusal.Faults.Select(f => f.Field).ShouldBe([field]);
        refusal.Message.ShouldContain(field);
        refusal.Message.ShouldContain(allowed);
    }

    [Fact]
    public void EveryFault_IsToldAtOnce() =>
        Should.Throw<KinoraException>(() => new UiAssetPreset("logo", "") { Theme = "dark", StylePreset = "round", SizePreset = "xl" }.Draft())
            .Faults.Select(f => f.Field).ShouldBe(["asset_type", "description", "theme", "style_preset", "size_preset"]);

    [Fact]
    public void TakesOfABatch_AreDifferentRequests() => Shoe.Drafts(3).Select(d => d.Prompt).Distinct().Count().ShouldBe(3);

    [Theory]
    [InlineData("A red sneaker.", "Catalogue photograph of A red sneaker. Straight")]
    [InlineData(" a mug...\r\nwith a lid. ", "Catalogue photograph of a mug... with a lid. Straight")]
    public void OwnWords_FlowIntoTheSentence(string words, string sent)
    {
        var prompt = new ProductPreset(words).Drafts(1)[0].Prompt!;

        prompt.ShouldStartWith(sent);
        prompt.ShouldNotContain('\n');
    }

    [Fact]
    public void OnlyWhatShallBeCutOut_IsAskedTransparent()
    {
        ProductPreset.BackgroundTypes.Where(b => (Shoe with { BackgroundType = b }).Drafts(1)[0].Background == "transparent").ShouldBe(["transparent"]);
        UiAssetPreset.AssetTypes.Where(t => (Plane with { AssetType = t }).Draft().Background == "transparent").ShouldBe(["icon", "illustration"]);
    }

    [Fact]
    public void SmallIcon_IsRenderedLargerAndScaledDown()
    {
        var small = (Plane with { SizePreset = "small" }).Draft();

        (small.Size, small.ScaleTo).ShouldBe(("1024x1024", new FrameSize(512, 512)));
    }

    /// <summary>The folders of the workspace are chosen by what a picture is for.</summary>
    [Fact]
    public void UseCases_AreKnownToTheWorkspace() =>
        UiAssetPreset.AssetTypes.Select(t => (Plane with { AssetType = t }).Draft()).Concat(Shoe.Drafts(1)).Select(d => d.UseCase!)
            .ShouldAllBe(useCase => ImageWords.UseCases.ContainsKey(useCase));

    /// <summary>The longest words a preset takes still make a prompt of the usual length.</summary>
    [Fact]
    public void LongestWords_MakeAPromptThatModelsTake()
    {
        var longest = new string('x', 30_000);
        GenerationDraft[] drafts = [new ProductPreset(longest).Drafts(3)[2], new UiAssetPreset("background", longest).Draft(), new ImprovePreset(longest).Draft()];

        drafts.ShouldAllBe(draft => draft.Prompt!.Length <= 32_000);
    }
}
