namespace Kinora.Adapters.Sql;

/// <summary>One database, whichever kind: where stores run their statements.</summary>
internal interface ISqlDatabase : IAsyncDisposable
{
    /// <summary>What differs in the SQL.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a change in a transaction that other waiting changes may share; returns after the commit.</summary>
    /// <param name="durable">Also wait until the commit is on the disk.</param>
    /// <param name="change">Only database work, and repeatable: it is run again alone when a neighbour in the same transaction fails.</param>
    Task<T> WriteAsync<T>(Func<SqlSession, T> change, bool durable, CancellationToken cancel);

    /// <summary>Runs a read on a connection of its own.</summary>
    Task<T> ReadAsync<T>(Func<SqlSession, T> read, CancellationToken cancel);

    /// <summary>A number that is another one after every commit, in whatever process. Null: this database has none that is cheap, or it cannot be told now.</summary>
    long? ReadVersion();

    /// <summary>Version of the database library or server, for <c>doctor</c>.</summary>
    Task<string> VersionAsync(CancellationToken cancel);
}

/// <summary>The few places where SQLite and PostgreSQL want other words.</summary>
internal sealed record SqlDialect
{
    /// <summary>Appended to the inner SELECT of a claim, so that two workers never wait for each other's rows.</summary>
    public required string SkipLocked { get; init; }
}
