using System.Text;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>What an answer of the Images API says.</summary>
internal static class ImagesReading
{
    private const decimal Million = 1_000_000;

    /// <summary>The pictures in order; null when the answer has no list of them, and so proves nothing.</summary>
    public static IReadOnlyList<RemoteOutput>? Outputs(WireImages answer, Endpoint endpoint, Redactor redactor) =>
        answer.Data is { } data ? [.. data.OfType<WireImage>().Select(image => Output(image, endpoint, redactor)).OfType<RemoteOutput>()] : null;

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

    private static RemoteOutput? Output(WireImage image, Endpoint endpoint, Redactor redactor)
    {
        var output = new RemoteOutput { Kind = Kinora.Generation.MediaKind.Image, RevisedPrompt = Words(image.RevisedPrompt, redactor) };
        return image.Bytes is { Length: > 0 } bytes ? output with { Inline = bytes }
            : image.Url is not { Length: > 0 } url ? null
            : url.StartsWith("data:", StringComparison.Ordinal) ? output with { Inline = PictureBytes.OfDataUrl(Encoding.UTF8.GetBytes(url)) ?? Encoding.UTF8.GetBytes(url) }
            : Uri.TryCreate(endpoint.BaseUrl, url, out var link) ? output with { Url = link.AbsoluteUri }
            : null;
    }

    /// <summary>A model's own words, cleaned; null when there are none.</summary>
    public static string? Words(string? text, Redactor redactor) => redactor.CleanWords(text) is { Length: > 0 } words ? words : null;
}
