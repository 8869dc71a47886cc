using Kinora.Errors;
using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>PostgreSQL's fault codes: which pass by themselves, and words for callers. Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html (read 2026-11-22).</summary>
internal static class PostgresFaults
{
    /// <summary>idle_in_transaction_session_timeout.</summary>
    private const string IdleInTransaction = "25P03";

    private const string NothingStored = "Nothing was stored; try again in a moment.";

    /// <summary>Whether the same work may go well when it is run again: nothing of it was committed, and the fault is not its own.</summary>
    public static bool Passes(Exception fault) => fault switch
    {
        PostgresException told => told.SqlState is
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
            or IdleInTransaction or PostgresErrorCodes.ReadOnlySqlTransaction || told.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { IsTransient: true } or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// Whether the connection leads to a server that takes no writes: a standby, or a primary that was made one. It never will on that connection, but the
    /// address may lead elsewhere by now.
    /// </summary>
    public static bool TakesNoWrites(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    public static Exception Translate(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new KinoraException(
            ErrorCodes.StorageFull, "The disk of the database server is full. Nothing was stored and nothing was sent; make room and try again.", Detail(fault), fault),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => Busy("The database server has no connection left. ", fault),
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources } => Busy("The database server is short of memory. ", fault),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => Unusable(
            "The database server refuses the user name or password of the setting Database.", fault),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => Unusable(
            "The database server has no database of the name in the setting Database. Make it (createdb) or correct the setting.", fault),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => Unusable(
            "The user of the setting Database may not do what Kinora needs in this database: connect, create tables in its schema, read and write them.", fault),
        _ when TakesNoWrites(fault) => Busy("The database server takes no writes now: it is a standby. ", fault),
        _ when Passes(fault) => fault is PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
        }
            ? Busy("The database is busy with other writers. ", fault)
            : Busy("The database server cannot be reached. ", fault),
        // What the client itself refuses: no password where one is asked for, no encryption where it is demanded.
        NpgsqlException and not PostgresException => Unusable("The database server does not accept the connection: its sign-in or encryption does not fit the setting Database.", fault),
        _ => fault,
    };

    /// <summary>For a commit of which nobody can tell what became of it.</summary>
    public static KinoraException Unknown(Exception fault) => new(
        ErrorCodes.DatabaseBusy,
        "The database server went away in the middle of a commit and has not come back: whether it was stored is not known. Look before you try again.",
        Detail(fault),
        fault);

    private static KinoraException Busy(string what, Exception fault) => new(ErrorCodes.DatabaseBusy, what + NothingStored, Detail(fault), fault);

    private static KinoraException Unusable(string what, Exception fault) => new(ErrorCodes.DatabaseUnusable, what, Detail(fault), fault);

    private static string Detail(Exception fault) => fault is PostgresException told ? $"{told.SqlState}: {told.MessageText}" : fault.Message;
}
