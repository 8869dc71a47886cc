using System.Globalization;
using Kinora.Nodes;

namespace Kinora.Adapters.Sql;

/// <summary>
/// A row for each bucket: the moment at which it is full again, in microseconds by the clock of the database. (The generic cell rate algorithm: whoever takes
/// one moves that moment on, and it is never more than a minute away.)
/// </summary>
internal sealed class PostgresCreateRates(ISqlDatabase database) : ICreateRates
{
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private static readonly double Minute = TimeSpan.FromMinutes(1).TotalMicroseconds;

    public Task<(RateBucket Empty, TimeSpan Wait)?> TakeAsync(IReadOnlyList<RateBucket> buckets, CancellationToken cancel) =>
        database.WriteAsync(session => Take(session, buckets), durable: false, cancel, ordered: false);

    private static (RateBucket Empty, TimeSpan Wait)? Take(SqlSession session, IReadOnlyList<RateBucket> buckets)
    {
        // By name: two machines that take from the same buckets wait for each other in the same order.
        var taken = new List<RateBucket>();
        foreach (var bucket in buckets.OrderBy(b => b.Name, StringComparer.Ordinal))
        {
            if (!TryTake(session, bucket))
            {
                taken.ForEach(other => GiveBack(session, other));
                return (bucket, Wait(session, bucket));
            }

            taken.Add(bucket);
        }

        return null;
    }

    private static bool TryTake(SqlSession session, RateBucket bucket) => session.Execute(
        $"""
         INSERT INTO create_rates (name, full_at) VALUES (@name, {Now} + @interval)
         ON CONFLICT (name) DO UPDATE SET full_at = GREATEST(create_rates.full_at, {Now}) + @interval
         WHERE GREATEST(create_rates.full_at, {Now}) + @interval - {Now} <= @minute
         """,
        ("@name", bucket.Name), ("@interval", Interval(bucket)), ("@minute", (long)Minute)) > 0;

    private static void GiveBack(SqlSession session, RateBucket bucket) => session.Execute(
        "UPDATE create_rates SET full_at = full_at - @interval WHERE name = @name", ("@name", bucket.Name), ("@interval", Interval(bucket)));

    private static TimeSpan Wait(SqlSession session, RateBucket bucket) => TimeSpan.FromMicroseconds(Math.Max(0, Convert.ToInt64(
        session.Scalar($"SELECT full_at + @interval - {Now} - @minute FROM create_rates WHERE name = @name", ("@name", bucket.Name), ("@interval", Interval(bucket)), ("@minute", (long)Minute)),
        CultureInfo.InvariantCulture)));

    private static long Interval(RateBucket bucket) => (long)bucket.Interval.TotalMicroseconds;
}
