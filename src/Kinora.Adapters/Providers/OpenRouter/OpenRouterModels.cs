using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Listed;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>OpenRouter's two lists of models.</summary>
internal static class OpenRouterModels
{
    /// <summary>The lists give no number for videos; this is the one that pictures have (https://openrouter.ai/docs).</summary>
    private const int MostReferences = 16;

    /// <param name="provider">First part of the model ids.</param>
    public static IReadOnlyList<VendorList> Lists(string provider) =>
    [
        // Those that only make videos larger are left out.
        new("/videos/models", (list, read) => Rows(list)?.Where(wire => wire.At("upscale_factor").ValueKind != JsonValueKind.Object).Select(wire => Video(provider, wire, read)).OfType<ListedModel>()),
        new("/images/models", (list, read) => Rows(list)?.Select(wire => Image(provider, wire, read)).OfType<ListedModel>()),
    ];

    private static IEnumerable<JsonElement>? Rows(JsonElement list) => list.At("data") is { ValueKind: JsonValueKind.Array } data ? data.Items() : null;

    private static ListedModel? Video(string provider, JsonElement wire, DateOnly read)
    {
        var (sizes, words) = ListedModel.Frames(wire.At("supported_sizes").Texts(), wire.At("supported_aspect_ratios").Texts(), wire.At("supported_resolutions").Texts());
        var frames = wire.At("supported_frame_images").Texts().ToList();
        return Row(provider, wire, read) is not { } row ? null : new ListedModel(
            row with
            {
                Durations = ListedModel.Lengths(wire.At("supported_durations").Items().Select(length => length.Number())),
                Sizes = sizes,
                FirstFrame = frames.Contains("first_frame"),
                LastFrame = frames.Contains("last_frame"),
                MaxReferences = MostReferences,
                Seed = wire.At("seed").Flag() == true,
                Audio = wire.At("generate_audio").Flag() switch { true => AudioRule.Switch, false => AudioRule.None, null => AudioRule.Unknown },
                Price = OpenRouterPrices.Read(wire, read),
            },
            words);
    }

    private static ListedModel? Image(string provider, JsonElement wire, DateOnly read)
    {
        var can = wire.At("supported_parameters");
        IReadOnlyList<string> Choices(string name, IReadOnlyList<string> ours) => [.. ours.Intersect(can.At(name).At("values").Texts())];
        int Most(string name, int otherwise) => Has(name) ? (int)Math.Clamp(can.At(name).At("max").Number() ?? otherwise, 0, MostReferences) : 0;
        bool Has(string name) => can.At(name).ValueKind != JsonValueKind.Undefined;

        return Row(provider, wire, read) is not { } row ? null : new ListedModel(row with
        {
            Kinds = [MediaKind.Image],
            Seed = Has("seed"),
            Image = new ImageRule
            {
                MaxCount = Math.Max(1, Most("n", 1)),
                MaxInputs = Most("input_references", MostReferences),
                Formats = Choices("output_format", ImageWords.Formats) is { Count: > 0 } formats ? formats : ["png"],
                Qualities = Choices("quality", ImageWords.Qualities),
                Transparent = Choices("background", ImageWords.Backgrounds).Contains("transparent"),
                ChoosesSize = true,
            },
        });
    }

    private static ModelInfo? Row(string provider, JsonElement wire, DateOnly read) =>
        ListedModel.Row(provider, wire.At("id").Text(), wire.At("name").Text(), "https://openrouter.ai/api/v1 (its own lists)", read);
}
