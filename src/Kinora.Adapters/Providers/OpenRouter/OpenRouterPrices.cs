using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>
/// Prices from a model's <c>pricing_skus</c>: <c>duration_seconds_with_audio_1080p</c>, <c>cents_per_second_output</c>, <c>reference_images</c>. One key that
/// is not understood (tokens, megapixels, a least price) makes the whole price unknown: an estimate that is too low would be worse than none.
/// </summary>
internal static partial class OpenRouterPrices
{
    public static Price? Read(WireVideoModel model, DateOnly read)
    {
        var perSecond = new List<(bool? Audio, string? Resolution, decimal Usd)>();
        var perInput = 0m;
        foreach (var (key, value) in model.PricingSkus ?? new Dictionary<string, JsonElement>())
        {
            if (Number(value) is not { } figure)
            {
                return null;
            }

            if (key == "reference_images")
            {
                perInput = figure;
            }
            else if (Sku().Match(key) is { Success: true } sku)
            {
                var word = sku.Groups["resolution"].Value;
                bool? audio = sku.Groups["audio"].Value switch { "with" => true, "without" => false, _ => null };
                perSecond.Add((audio, word.Length == 0 ? null : word, sku.Groups["cents"].Success ? figure / 100 : figure));
            }
            else
            {
                return null;
            }
        }

        return Steps(model, perSecond) is not [var least, .. var larger] ? null : new Price(least.Usd, PriceUnit.Second)
        {
            Larger = [.. larger.Select((step, index) => (step, before: index == 0 ? least : larger[index - 1])).Where(pair => pair.step.Usd != pair.before.Usd).Select(pair => pair.step)],
            UsdPerInput = perInput,
            SourceDate = read,
        };
    }

    /// <summary>A price for each resolution from the smallest on; empty when one of them has none.</summary>
    private static PriceStep[] Steps(WireVideoModel model, List<(bool? Audio, string? Resolution, decimal Usd)> figures)
    {
        // What is made by itself has sound where it can: that is what an estimate is for.
        var fitting = figures.Where(figure => figure.Audio != false || figures.All(other => other.Audio == false)).ToList();
        var general = fitting.Where(figure => figure.Resolution is null).Select(figure => (decimal?)figure.Usd).Max();
        var listed = (model.SupportedResolutions ?? []).OfType<string>().ToArray();
        var steps = listed.Length == 0 && general is { } usd ? new List<PriceStep> { new(0, usd) } : [];
        foreach (var word in listed.Concat(fitting.Select(figure => figure.Resolution).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var own = fitting.Where(figure => string.Equals(figure.Resolution, word, StringComparison.OrdinalIgnoreCase)).Select(figure => (decimal?)figure.Usd).Max();
            if ((own ?? general) is not { } price || OpenRouterModels.Side(word.Replace('k', 'K')) is not { } side)
            {
                return [];
            }

            steps.Add(new PriceStep(side, price));
        }

        return [.. steps.OrderBy(step => step.Side)];
    }

    private static decimal? Number(JsonElement value) =>
        decimal.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) && figure is >= 0 and < 100_000 ? figure : null;

    // From words and from a picture may differ: the dearer counts.
    [GeneratedRegex(@"^(?:(?:text_to_video_|image_to_video_)?duration_seconds(?:_(?<audio>with|without)_audio)?|(?<cents>cents_per_(?:video_output_second|second_output)))(?:_(?<resolution>\d{3,4}p|[124]k))?$")]
    private static partial Regex Sku();
}
