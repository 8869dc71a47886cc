using Kinora.Errors;

namespace Kinora.Budgets;

/// <summary>What an owner may spend, or may be spent with one key of his, in US dollars by UTC day and month. Null: no limit.</summary>
public sealed record SpendLimit(decimal? DailyUsd, decimal? MonthlyUsd)
{
    /// <summary>Only jobs made with this API key count; null: all of the owner.</summary>
    public string? KeyId { get; init; }

    /// <summary>What a job of unknown price is counted as; null: it is refused, because nobody could keep the limit.</summary>
    public decimal? UnknownPriceUsd { get; init; }

    /// <summary>What to reserve for a job.</summary>
    /// <param name="estimate">Null: the price is not known.</param>
    /// <exception cref="KinoraException"><c>budget_exceeded</c>.</exception>
    public decimal Reserve(decimal? estimate, string model) => estimate ?? UnknownPriceUsd ?? throw new KinoraException(
        ErrorCodes.BudgetExceeded, $"The price of {model} is not known, so {(KeyId is null ? "your budget" : "the budget of this API key")} could not be kept. Nothing was sent; choose a model with a price, or have Accounts:UnknownPriceUsd set.");

    /// <summary>When the day or month began in which a job made now is counted.</summary>
    public static DateTimeOffset DayOf(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);

    public static DateTimeOffset MonthOf(DateTimeOffset now) => new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Refuses a job that would lead beyond the limit; equal to it is allowed.</summary>
    /// <param name="usd">Of the job.</param>
    /// <param name="spent">What counts since a moment, reservations included.</param>
    /// <exception cref="KinoraException"><c>budget_exceeded</c>.</exception>
    public void Check(decimal usd, DateTimeOffset now, Func<DateTimeOffset, decimal> spent)
    {
        Check(usd, DailyUsd, "today", DayOf(now), spent);
        Check(usd, MonthlyUsd, "this month", MonthOf(now), spent);
    }

    private void Check(decimal usd, decimal? limit, string span, DateTimeOffset since, Func<DateTimeOffset, decimal> spent)
    {
        if (limit is not { } most || spent(since) is var before && before + usd <= most)
        {
            return;
        }

        throw new KinoraException(
            ErrorCodes.BudgetExceeded,
            FormattableString.Invariant($"This would cost about ${usd:0.00##}; ${before:0.00##} of the ${most:0.00##} {(KeyId is null ? "" : "of this API key ")}for {span} (UTC) are spent or reserved. Nothing was sent."));
    }
}
