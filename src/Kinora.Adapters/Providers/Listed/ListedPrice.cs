using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Listed;

/// <summary>One figure of a price list, of a second of video.</summary>
/// <param name="Resolution">What word for a resolution it is for; null: for all that have none of their own.</param>
/// <param name="Audio">Whether it is for clips with sound; null: for both.</param>
internal sealed record PriceFigure(decimal Usd, string? Resolution, bool? Audio);

/// <summary>The price of a model that a list tells in figures: where several fit, the dearest counts. An estimate that is too low would be worse than none.</summary>
internal static class ListedPrice
{
    /// <param name="resolutions">The words of all that the model makes; one without a figure makes the price unknown.</param>
    /// <param name="usdPerInput">What each picture costs that comes in.</param>
    /// <returns>Null where it is not known.</returns>
    public static Price? OfSeconds(IReadOnlyList<PriceFigure> figures, IReadOnlyList<string> resolutions, decimal usdPerInput, DateOnly read) =>
        Steps(figures, resolutions) is not [var least, .. var larger] ? null : new Price(least.Usd, PriceUnit.Second)
        {
            Larger = [.. larger.Where((step, index) => step.Usd != (index == 0 ? least : larger[index - 1]).Usd)],
            UsdPerInput = usdPerInput,
            SourceDate = read,
        };

    /// <summary>A price for each resolution from the smallest on; empty when one of them has none.</summary>
    private static PriceStep[] Steps(IReadOnlyList<PriceFigure> figures, IReadOnlyList<string> resolutions)
    {
        // What is made by itself has sound where it can: that is what an estimate is for.
        var fitting = figures.Where(figure => figure.Audio != false || figures.All(other => other.Audio == false)).ToList();
        decimal? Dearest(string? word) => fitting.Where(figure => string.Equals(figure.Resolution, word, StringComparison.OrdinalIgnoreCase)).Max(figure => (decimal?)figure.Usd);

        var steps = resolutions.Count == 0 && Dearest(null) is { } usd ? new List<PriceStep> { new(0, usd) } : [];
        foreach (var word in resolutions.Concat(fitting.Select(figure => figure.Resolution).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if ((Dearest(word) ?? Dearest(null)) is not { } price || ListedModel.Side(word) is not { } side)
            {
                return [];
            }

            steps.Add(new PriceStep(side, price));
        }

        return [.. steps.OrderBy(step => step.Side)];
    }
}
