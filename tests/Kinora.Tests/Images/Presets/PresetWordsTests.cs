using System.Runtime.CompilerServices;
using System.Text;
using Kinora.Generation;
using Kinora.Images.Presets;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Images.Presets;

/// <summary>Every word of every preset, as the exact text and settings that are sent: <c>presets.txt</c> beside this file.</summary>
public sealed class PresetWordsTests
{
    [Fact]
    public void Presets_SendTheseWordsAndSettings()
    {
        var path = Path.Combine(Folder(), "presets.txt");
        var now = Page();
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, now);
        }

        File.ReadAllText(path).ShouldBe(now, "presets.txt is old; run the tests once with KINORA_UPDATE_DOCS=1");
    }

    private static string Page()
    {
        var page = new StringBuilder("What the presets send, word by word. Made by PresetWordsTests.\n");
        var shoe = new ProductPreset("a red canvas sneaker");
        foreach (var background in ProductPreset.BackgroundTypes)
        {
            Add(page, $"product, background_type {background}", (shoe with { BackgroundType = background }).Drafts(1));
        }

        foreach (var angle in ProductPreset.Angles)
        {
            Add(page, $"product, angle {angle}", (shoe with { Angle = angle }).Drafts(1));
        }

        foreach (var lighting in ProductPreset.Lightings)
        {
            Add(page, $"product, lighting {lighting}", (shoe with { Lighting = lighting }).Drafts(1));
        }

        Add(page, "product, batch_count 3", shoe.Drafts(3));
        var plane = new UiAssetPreset("icon", "a paper plane");
        foreach (var type in UiAssetPreset.AssetTypes)
        {
            foreach (var size in UiAssetPreset.SizePresets)
            {
                Add(page, $"UI asset, asset_type {type}, size_preset {size}", [(plane with { AssetType = type, SizePreset = size }).Draft()]);
            }
        }

        foreach (var theme in UiAssetPreset.Themes)
        {
            Add(page, $"UI asset, theme {theme}", [(plane with { Theme = theme }).Draft()]);
        }

        foreach (var style in UiAssetPreset.StylePresets)
        {
            Add(page, $"UI asset, style_preset {style}", [(plane with { StylePreset = style }).Draft()]);
        }

        var warmer = new ImprovePreset("warmer light and a calmer background");
        Add(page, "improve", [warmer.Draft()]);
        Add(page, "improve, preserve_elements, analysed first", [(warmer with { Preserve = "the face and the printed name", Analyze = true }).Draft()]);
        return page.ToString();
    }

    private static void Add(StringBuilder page, string what, IReadOnlyList<GenerationDraft> drafts)
    {
        page.Append($"\n{what}\n");
        foreach (var draft in drafts)
        {
            var settings = new (string Name, object? Value)[]
            {
                ("size", draft.Size), ("scale to", draft.ScaleTo), ("quality", draft.Quality), ("background", draft.Background), ("use case", draft.UseCase),
                ("analyse", draft.Analyze ? "first" : null),
            };
            page.Append($"  [{string.Join(", ", settings.Where(s => s.Value is not null).Select(s => $"{s.Name} {s.Value}"))}]\n  {draft.Prompt}\n");
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
