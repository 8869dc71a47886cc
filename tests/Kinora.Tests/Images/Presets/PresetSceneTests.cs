using Kinora.Adapters.Providers.Animatic;
using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Adapters.Providers.Animatic.Shots;
using Kinora.Images.Presets;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Images.Presets;

/// <summary>The built-in renderer draws the things that a prompt names: the presets' own words must not bring things into the picture.</summary>
public sealed class PresetSceneTests
{
    public static TheoryData<string> Prompts =>
    [
        .. ProductPreset.BackgroundTypes.Select(b => (new ProductPreset("zzz") { BackgroundType = b }).Drafts(3)[1].Prompt!),
        .. ProductPreset.Angles.Select(a => (new ProductPreset("zzz") { Angle = a }).Drafts(3)[2].Prompt!),
        .. ProductPreset.Lightings.Select(l => (new ProductPreset("zzz") { Lighting = l }).Drafts(1)[0].Prompt!),
        .. UiAssetPreset.AssetTypes.Select(t => new UiAssetPreset(t, "zzz").Draft().Prompt!),
        .. UiAssetPreset.Themes.Select(t => (new UiAssetPreset("hero", "zzz") { Theme = t }).Draft().Prompt!),
        .. UiAssetPreset.StylePresets.Select(s => (new UiAssetPreset("icon", "zzz") { StylePreset = s }).Draft().Prompt!),
        (new ImprovePreset("zzz") { Preserve = "yyy" }).Draft().Prompt!,
    ];

    [Theory]
    [MemberData(nameof(Prompts))]
    public void OwnWordsOfAPreset_NameNothingThatIsDrawn(string prompt)
    {
        var shots = ShotList.Parse(prompt, AnimaticFilm.FramesPerSecond, seed: 1).Shots;
        var idea = SceneReading.Read(shots, seed: 1)[0];

        shots.Count.ShouldBe(1);
        idea.Subjects.ShouldBeEmpty();
        idea.Place.ShouldBe(Place.Abstract);
    }
}
