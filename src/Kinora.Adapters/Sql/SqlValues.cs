using System.Data.Common;

namespace Kinora.Adapters.Sql;

/// <summary>How our types stand in both databases: times as unix milliseconds, money as millionths of a dollar.</summary>
internal static class SqlValues
{
    public const decimal MicrosPerDollar = 1_000_000m;

    public static long Millis(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Millis(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static long? Micros(this decimal? dollars) => dollars is { } d ? (long)Math.Round(d * MicrosPerDollar) : null;

    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static decimal? DollarsOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column) / MicrosPerDollar;

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? IntOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static double? DoubleOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
