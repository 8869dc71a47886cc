using Kinora.Assets;
using Kinora.Errors;
using Microsoft.Data.Sqlite;

namespace Kinora.Adapters.Sql;

/// <summary>SQLite's result codes in words for callers. Codes: https://www.sqlite.org/rescode.html (read 2026-11-21).</summary>
internal static class SqliteFaults
{
    public static Exception Translate(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => new KinoraException(
            ErrorCodes.DatabaseBusy, "The database is busy with other writers. Nothing was stored; try again in a moment.", fault.Message, fault),
        SqliteException { SqliteErrorCode: 13 } => Full("is full", fault),
        // A full disk shows as an I/O fault when the shared-memory file beside the database cannot grow.
        SqliteException { SqliteErrorCode: 10 } => Full("is full, or fails", fault),
        IOException io when DiskFull.Is(io) => Full("is full", fault),
        SqliteException { SqliteErrorCode: 11 or 26 } => new KinoraException(
            ErrorCodes.DatabaseUnusable,
            "The database file is damaged or is not a Kinora database. It was not touched. Restore a backup, or name another data folder with --data.",
            fault.Message,
            fault),
        SqliteException { SqliteErrorCode: 8 or 14 or 3 } or UnauthorizedAccessException or IOException => new KinoraException(
            ErrorCodes.DatabaseUnusable,
            "The database file cannot be opened for writing. Check the rights of the data folder, or name another with --data.",
            fault.Message,
            fault),
        _ => fault,
    };

    private static KinoraException Full(string what, Exception fault) => new(
        ErrorCodes.StorageFull, $"The disk of the data folder {what}. Nothing was stored and nothing was sent; make room and try again.", fault.Message, fault);
}
