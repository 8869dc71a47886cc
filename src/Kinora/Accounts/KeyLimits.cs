namespace Kinora.Accounts;

/// <summary>Limits of one API key. They hold beside those of its user: whichever is reached first refuses. Null: no limit of its own.</summary>
/// <param name="CreatesPerMinute">At least 1; over all machines that share a database.</param>
/// <param name="DailyUsd">US dollars by UTC day for what was made with this key, at least 0.</param>
/// <param name="MonthlyUsd">The same by UTC month.</param>
public sealed record KeyLimits(int? CreatesPerMinute, decimal? DailyUsd, decimal? MonthlyUsd)
{
    public static readonly KeyLimits None = new(null, null, null);

    public const int MostCreatesPerMinute = 1_000_000;

    public const decimal MostUsd = 1_000_000_000;
}
