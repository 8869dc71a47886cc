namespace Kinora.Adapters.Sql;

/// <summary>One database, whichever kind: where stores run their statements.</summary>
internal interface ISqlDatabase : IAsyncDisposable
{
    /// <summary>Raised when another process has committed something worth a look at once, where the database tells of it. It may be missed: who needs all of it keeps looking.</summary>
    event Action<SqlNews>? ToldByAnother;

    /// <summary>What differs in the SQL.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a change in a transaction that other waiting changes may share; returns after the commit.</summary>
    /// <param name="durable">Also wait until the commit is on the disk.</param>
    /// <param name="change">Only database work, and repeatable: it is run again when a neighbour in the same transaction, or the connection, fails.</param>
    /// <param name="ordered">
    /// True: no other ordered change of any process runs meanwhile, so that it may look first and write then, and what it numbers appears in the order of
    /// the numbers. False is for a change of single rows that needs neither, as one under a lease: processes do not wait for each other's.
    /// </param>
    Task<T> WriteAsync<T>(Func<SqlSession, T> change, bool durable, CancellationToken cancel, bool ordered = true);

    /// <summary>Runs a read on a connection of its own; repeatable, as a change.</summary>
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

    /// <summary>SELECT that makes rows (id, fence, status, at, due, known) of the JSON array <c>@looks</c>.</summary>
    public required string Looks { get; init; }

    /// <summary>LIKE that takes the letters of ASCII as the same in both cases.</summary>
    public required string Like { get; init; }
}

/// <summary>What a commit has for others to look at.</summary>
[Flags]
internal enum SqlNews
{
    None = 0,

    /// <summary>An event.</summary>
    Event = 1,

    /// <summary>A job that waits for a worker.</summary>
    Job = 2,
}
