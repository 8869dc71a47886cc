using Kinora.Generation;
using Kinora.Images.Presets;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Design;

/// <summary>Parameters of the design tools, which seed 004 named first, and the presets they become.</summary>
internal static class DesignParams
{
    private static readonly TextParam SessionId = SessionParams.Id with { Required = false };

    public static IReadOnlyList<Param> Product { get; } =
    [
        new TextParam("product_description") { Required = true, MaxLength = PresetText.Longest },
        SessionId,
        Choice("background_type", ProductPreset.BackgroundTypes),
        Choice("angle", ProductPreset.Angles),
        Choice("lighting", ProductPreset.Lightings),
        new IntegerParam("batch_count", 1, ProductPreset.MostTakes) { Default = 1 },
    ];

    public static IReadOnlyList<Param> UiAsset { get; } =
    [
        new TextParam("asset_type") { Required = true, Choices = UiAssetPreset.AssetTypes },
        new TextParam("description") { Required = true, MaxLength = PresetText.Longest },
        SessionId,
        Choice("theme", UiAssetPreset.Themes),
        Choice("style_preset", UiAssetPreset.StylePresets),
        Choice("size_preset", UiAssetPreset.SizePresets),
    ];

    public static IReadOnlyList<Param> Improve { get; } =
    [
        ImageParams.ImagePath,
        new TextParam("improvement_goals") { Required = true, MaxLength = PresetText.Longest },
        SessionId,
        new TextParam("preserve_elements") { MaxLength = PresetText.Longest, About = "What must stay" },
    ];

    public static string? Session(ToolCall call) => call.Arguments.TextOrNull("session_id");

    public static IReadOnlyList<GenerationDraft> Products(ToolCall call) =>
        [.. new ProductPreset(call.Text("product_description")) { BackgroundType = call.Text("background_type"), Angle = call.Text("angle"), Lighting = call.Text("lighting") }
            .Drafts((int)call.Arguments.Integer("batch_count")).Select(Once)];

    public static GenerationDraft Asset(ToolCall call) => Once(
        new UiAssetPreset(call.Text("asset_type"), call.Text("description"))
        {
            Theme = call.Text("theme"),
            StylePreset = call.Text("style_preset"),
            SizePreset = call.Text("size_preset"),
        }.Draft());

    /// <summary>The picture, with the model's own look at it before where it can give one.</summary>
    public static async Task<GenerationDraft> ImprovementAsync(ToolCall call, CancellationToken cancel)
    {
        var model = Session(call) is { } session ? (await call.Studio.Sessions.GetAsync(call.Client.Caller, session, cancel)).Session.Model : null;
        var looks = (await call.Studio.Catalog.ResolveAsync(model, MediaKind.Image, cancel)).Model.Image is { Analyzes: true };
        var preset = new ImprovePreset(call.Text("improvement_goals")) { Preserve = call.Arguments.TextOrNull("preserve_elements"), Analyze = looks };
        return await ImageInputs.FromAsync(call, Once(preset.Draft()), "image_path", cancel);
    }

    /// <summary>What the model saw, or plainly that it did not look.</summary>
    public static string Analysis(Job job) =>
        !job.Request.Analyze ? $"{job.Model} cannot look at pictures: the goals were applied without an analysis."
        : job.Outputs.Count > 0 && job.Outputs[0].Remarks is { Length: > 0 } findings ? findings
        : $"{job.Model} was asked for an analysis and gave none.";

    private static TextParam Choice(string name, IReadOnlyList<string> words) => new(name) { Choices = words, Default = words[0] };

    private static GenerationDraft Once(GenerationDraft draft) => draft with { MergeRepeats = true };
}
