using System.Diagnostics;
using System.Globalization;

namespace Kinora.Bench.Scale;

/// <summary>
/// The least that two writes a look could cost: bare UPDATE statements by primary key on a table of as many rows with one index, through the same writer, a
/// thousand in a transaction.
/// </summary>
internal static class BareUpdates
{
    private const int Looks = 100_000;
    private const int Group = 500;

    public static async Task RunAsync(ScalePlace place, int rows)
    {
        await place.Database.WriteAsync(
            session => session.Execute("CREATE TABLE bare (seq BIGINT NOT NULL PRIMARY KEY, due_at BIGINT NOT NULL, fence BIGINT NOT NULL, body TEXT NOT NULL)"), durable: false, CancellationToken.None);
        for (var at = 0; at < rows; at += Group * 100)
        {
            await place.Database.WriteAsync(
                session => session.Execute(
                    """
                    WITH RECURSIVE n(i) AS (SELECT CAST(@from AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < CAST(@to AS BIGINT))
                    INSERT INTO bare (seq, due_at, fence, body) SELECT i, i * 7919 % 1000000, 0, @body FROM n
                    """,
                    ("@from", (long)at), ("@to", (long)Math.Min(at + (Group * 100), rows)), ("@body", new string('x', 600))),
                durable: false,
                CancellationToken.None);
        }

        await place.Database.WriteAsync(session => session.Execute("CREATE INDEX bare_due ON bare (due_at)"), durable: false, CancellationToken.None);
        var looks = Math.Min(Looks, rows);
        var (before, began) = (await place.ReadAsync(), Stopwatch.GetTimestamp());
        for (var at = 0; at < looks; at += Group)
        {
            var first = at;
            await place.Database.WriteAsync(session => Update(session, first, rows), durable: false, CancellationToken.None, ordered: false);
        }

        var (wall, cost) = (Stopwatch.GetElapsedTime(began), await place.ReadAsync() - before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"baseline, two bare UPDATEs for a look: {looks / wall.TotalSeconds:N0} looks/s"));
        Console.WriteLine($"  a look: {cost.Each(looks)}");
    }

    private static bool Update(Adapters.Sql.SqlSession session, int first, int rows)
    {
        for (var time = 0; time < 2; time++)
        {
            for (var i = first; i < first + Group; i++)
            {
                session.Execute("UPDATE bare SET due_at = due_at + 1000, fence = fence + 1 WHERE seq = @seq", ("@seq", (long)i * 7_919 % rows));
            }
        }

        return true;
    }
}
