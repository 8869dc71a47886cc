namespace Kinora.Adapters.Sql;

/// <summary>The advisory locks that processes on one database share, as arguments of <c>pg_advisory_xact_lock</c>; of each schema its own.</summary>
internal static class PostgresLocks
{
    /// <summary>Held by whoever brings the tables up to date.</summary>
    public const string Migration = "1263424065, hashtext(current_schema())";

    /// <summary>Held by whoever writes what must be in order.</summary>
    public const string Order = "1263424066, hashtext(current_schema())";
}
