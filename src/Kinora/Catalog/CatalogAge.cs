namespace Kinora.Catalog;

/// <summary>What will soon be wrong in a catalogue: models that end, and facts that were read long ago.</summary>
/// <param name="Ending">Models with an announced end in the time ahead, or behind them; the nearest end first.</param>
/// <param name="Old">Models whose facts or price were read before that time.</param>
public sealed record CatalogAge(IReadOnlyList<ModelInfo> Ending, IReadOnlyList<ModelInfo> Old)
{
    /// <summary>How far ahead ends are told.</summary>
    public const int DaysAhead = 90;

    /// <summary>Model names and prices change within months.</summary>
    public const int OldDays = 120;

    public static CatalogAge Of(IReadOnlyList<ModelInfo> models, DateOnly today) => new(
        [.. models.Where(m => m.RetiresOn is { } end && end.DayNumber - today.DayNumber <= DaysAhead).OrderBy(m => m.RetiresOn)],
        [.. models.Where(m => IsOld(m.SourceDate, today) || IsOld(m.Price?.SourceDate, today))]);

    private static bool IsOld(DateOnly? read, DateOnly today) => read is { } day && today.DayNumber - day.DayNumber > OldDays;
}
