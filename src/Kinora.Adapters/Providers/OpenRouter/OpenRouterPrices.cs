using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Listed;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>
/// Prices from a model's <c>pricing_skus</c>: <c>duration_seconds_with_audio_1080p</c>, <c>cents_per_second_output</c>, <c>reference_images</c>. One key that
/// is not understood (tokens, megapixels, a least price) makes the whole price unknown.
/// </summary>
internal static partial class OpenRouterPrices
{
    public static Price? Read(JsonElement model, DateOnly read)
    {
        var (figures, perInput) = (new List<PriceFigure>(), 0m);
        foreach (var (key, value) in model.At("pricing_skus").Fields())
        {
            if (!decimal.TryParse(value.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) || figure is < 0 or > 100_000)
            {
                return null;
            }

            if (key == "reference_images")
            {
                perInput = figure;
            }
            else if (Sku().Match(key) is { Success: true } sku)
            {
                bool? audio = sku.Groups["audio"].Value switch { "with" => true, "without" => false, _ => null };
                figures.Add(new PriceFigure(sku.Groups["cents"].Success ? figure / 100 : figure, sku.Groups["resolution"] is { Success: true } word ? word.Value : null, audio));
            }
            else
            {
                return null;
            }
        }

        return ListedPrice.OfSeconds(figures, [.. model.At("supported_resolutions").Texts()], perInput, read);
    }

    // From words and from a picture may differ: the dearer counts.
    [GeneratedRegex(@"^(?:(?:text_to_video_|image_to_video_)?duration_seconds(?:_(?<audio>with|without)_audio)?|(?<cents>cents_per_(?:video_output_second|second_output)))(?:_(?<resolution>\d{3,4}p|[124]k))?$")]
    private static partial Regex Sku();
}
