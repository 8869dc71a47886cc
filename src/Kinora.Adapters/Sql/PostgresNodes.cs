using System.Globalization;
using Kinora.Nodes;

namespace Kinora.Adapters.Sql;

/// <summary>A row for each machine, by the clock of the database: those of the machines may differ.</summary>
/// <param name="name">Of this machine; the same after a restart, so that it finds its seat again.</param>
internal sealed class PostgresNodes(ISqlDatabase database, string name) : INodes
{
    /// <summary>Without a sign for so long a machine counts as gone.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any living machine waits between two signs.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(5);

    public Task<NodeSeat> TakeSeatAsync(CancellationToken cancel) => database.WriteAsync(Take, durable: false, cancel, ordered: false);

    private NodeSeat Take(SqlSession session)
    {
        session.Execute(
            """
            INSERT INTO nodes (name, since, seen_at) VALUES (@name, clock_timestamp(), clock_timestamp())
            ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp(),
                since = CASE WHEN nodes.seen_at < clock_timestamp() - make_interval(secs => @life) THEN clock_timestamp() ELSE nodes.since END
            """,
            ("@name", name), ("@life", Lifetime.TotalSeconds));
        var seats = session.Query(
            "SELECT name, since > clock_timestamp() - make_interval(secs => @youth) FROM nodes WHERE seen_at > clock_timestamp() - make_interval(secs => @life) ORDER BY since, name",
            row => (Name: row.GetString(0), IsNew: row.GetBoolean(1)),
            ("@youth", Youth.TotalSeconds), ("@life", Lifetime.TotalSeconds));
        var index = seats.FindIndex(seat => seat.Name == name);
        return new NodeSeat(index, seats.Count, IsNew: seats.Count > 1 && seats[index].IsNew);
    }

    /// <summary>A machine and a data folder on it.</summary>
    public static string NameOf(string dataFolder) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Path.GetFullPath(dataFolder)}");
}
