using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>What an answer of the Images API says.</summary>
internal static class ImagesReading
{
    private const decimal Million = 1_000_000;

    /// <summary>US dollars for what was used; null where the price is not known, or the figures do not say it all.</summary>
    public static decimal? Cost(WireUsage? usage, TokenPrice? price)
    {
        if (price is null || usage is not { InputTokensDetails: { TextTokens: { } text, ImageTokens: { } image, CachedTokens: null or 0 }, OutputTokens: { } output })
        {
            return null;
        }

        // Words the model wrote beside the picture have a price that is not published; tokens beyond the two sorts have none either.
        var sane = text >= 0 && image >= 0 && output >= 0 && text + image + output < 1e9;
        var itemised = usage.InputTokens is null || usage.InputTokens == text + image;
        return sane && itemised && usage.OutputTokensDetails?.TextTokens is null or 0
            ? (((decimal)text * price.TextIn) + ((decimal)image * price.ImageIn) + ((decimal)output * price.ImageOut)) / Million
            : null;
    }

    /// <summary>A model's own words, cleaned; null when there are none.</summary>
    public static string? Words(string? text, Redactor redactor) => redactor.CleanWords(text) is { Length: > 0 } words ? words : null;
}
