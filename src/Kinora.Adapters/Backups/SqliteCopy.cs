using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Errors;
using Microsoft.Data.Sqlite;

namespace Kinora.Adapters.Backups;

/// <summary>A copy of a SQLite database while others write to it, by SQLite's own means (https://www.sqlite.org/backup.html, read 2026-11-22): one moment of it, whole.</summary>
internal static class SqliteCopy
{
    /// <summary>How long it waits for another's lock.</summary>
    private const int BusySeconds = 30;

    /// <exception cref="KinoraException"><c>storage_full</c>, <c>database_unusable</c>, <c>database_busy</c>.</exception>
    public static void Make(string database, string copy)
    {
        BackupTarget.CreatePrivately(copy).Dispose();
        try
        {
            using var from = SqliteLibrary.Open(database, BusySeconds);
            using var to = SqliteLibrary.Open(copy, BusySeconds);
            from.BackupDatabase(to);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Translate(fault);
        }

        Check(copy);
    }

    /// <exception cref="KinoraException"><c>database_unusable</c>: it is not sound.</exception>
    public static void Check(string file)
    {
        try
        {
            using var connection = SqliteLibrary.Open(file, BusySeconds);
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(1)";
            if (Convert.ToString(check.ExecuteScalar(), CultureInfo.InvariantCulture) is not "ok" and var found)
            {
                throw new KinoraException(ErrorCodes.DatabaseUnusable, "The database is damaged: SQLite's own check finds faults in it.", found);
            }
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Translate(fault);
        }
    }

    /// <summary>Removes a copy and what SQLite laid beside it.</summary>
    public static void Remove(string copy)
    {
        foreach (var ending in new[] { "", "-wal", "-shm", "-journal" })
        {
            File.Delete(copy + ending);
        }
    }
}
