using System.Data.Common;
using System.Globalization;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Money in the table of jobs. Each row holds what it counts now; sums are made when they are asked for, so that no total can drift from its rows. Deleted
/// rows count on.
/// </summary>
internal static class SqlSpend
{
    /// <summary>What a job counts from its end on, for an update with <c>@to</c> and <c>@charged</c>: what was charged; else the estimate if there is a result, else nothing. What is of unknown fate stays reserved.</summary>
    public const string Settled =
        """
        CASE WHEN @to = 'completed' AND COALESCE(@charged, charged_micros, estimate_micros, cost_micros) > 0
                 THEN COALESCE(@charged, charged_micros, estimate_micros, cost_micros)
             WHEN @to IN ('failed', 'cancelled') AND COALESCE(@charged, charged_micros) > 0 THEN COALESCE(@charged, charged_micros)
             WHEN @to IN ('completed', 'failed', 'cancelled') THEN 0
             ELSE cost_micros END
        """;

    private const string Columns =
        $"""
        COALESCE(SUM(CASE WHEN status IN ({Reserved}) THEN 0 ELSE cost_micros END), 0),
        COALESCE(SUM(CASE WHEN status IN ({Reserved}) THEN cost_micros ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), 0)
        """;

    private const string MillisPerDay = "86400000";

    private const string Reserved = $"{JobRow.OpenStates}, 'expired', 'submission_unknown'";

    public static Spend Of(SqlSession session, string? owner, DateTimeOffset? since) => owner is null
        ? session.Query($"SELECT {Columns} FROM jobs WHERE created_at >= @since", row => Read(row, 0), ("@since", since.Millis() ?? 0))[0]
        : session.Query($"SELECT {Columns} FROM jobs WHERE owner = @owner AND created_at >= @since", row => Read(row, 0), ("@owner", owner), ("@since", since.Millis() ?? 0))[0];

    public static IReadOnlyList<(string Owner, Spend Spend)> ByOwner(SqlSession session, DateTimeOffset since) => session.Query(
        $"SELECT owner, {Columns} FROM jobs WHERE created_at >= @since GROUP BY owner ORDER BY owner", row => (row.GetString(0), Read(row, 1)), ("@since", since.Millis()));

    public static IReadOnlyList<DaySpend> ByDay(SqlSession session, string owner, DateTimeOffset since) => session.Query(
        $"""
         SELECT created_at / {MillisPerDay}, kind, model, {Columns} FROM jobs WHERE owner = @owner AND created_at >= @since
         GROUP BY created_at / {MillisPerDay}, kind, model ORDER BY created_at / {MillisPerDay}, kind, model
         """,
        row => new DaySpend(
            DateOnly.FromDateTime(DateTimeOffset.UnixEpoch.UtcDateTime).AddDays((int)row.GetInt64(0)), row.GetString(1) == "image" ? MediaKind.Image : MediaKind.Video, row.GetString(2), Read(row, 3)),
        ("@owner", owner), ("@since", since.Millis()));

    /// <exception cref="Errors.KinoraException"><c>budget_exceeded</c>.</exception>
    public static void RequireRoom(SqlSession session, NewJob create)
    {
        foreach (var limit in create.Limits)
        {
            var (whose, id) = limit.KeyId is { } key ? ("key_id", key) : ("owner", create.Job.Owner);
            limit.Check(
                create.ReserveUsd,
                create.Job.CreatedAt,
                since => Convert.ToInt64(
                    session.Scalar($"SELECT COALESCE(SUM(cost_micros), 0) FROM jobs WHERE {whose} = @id AND created_at >= @since", ("@id", id), ("@since", since.Millis())),
                    CultureInfo.InvariantCulture) / SqlValues.MicrosPerDollar);
        }
    }

    private static Spend Read(DbDataReader row, int first) => new(row.DollarsOrNull(first) ?? 0, row.DollarsOrNull(first + 1) ?? 0, row.GetInt32(first + 2));
}
