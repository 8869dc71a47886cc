using System.Data.Common;
using System.Globalization;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Brings the tables up to date: numbered scripts embedded in this assembly, each in a transaction with its number, so that a kill in between leaves the
/// version before or after, never half. A database of a newer version is refused.
/// </summary>
internal static class SqliteMigrations
{
    /// <summary>Stands in the file's header ("KNRA"), so that no other program's database is ever taken for ours.</summary>
    private const long ApplicationId = 0x4B4E5241;

    public static void Run(SqlSession session)
    {
        var scripts = SqlScripts.Of("sqlite");
        var upToDate = Look(session, scripts);

        // Only now that the file is known to be ours: this writes into its header.
        session.Execute("PRAGMA journal_mode=WAL");
        if (upToDate)
        {
            return;
        }

        session.Execute("BEGIN IMMEDIATE");
        try
        {
            // Read again: another process may have migrated while we waited.
            var version = Version(session);
            RefuseForeign(session, version, scripts);
            foreach (var (number, sql) in scripts.All.Where(s => s.Number > version))
            {
                session.Execute(sql);
                CrashPoints.Hit(CrashPoints.MidMigration);
                session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={number}"));
            }

            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={ApplicationId}"));
            session.Execute("COMMIT");
        }
        catch
        {
            RollBack(session);
            throw;
        }
    }

    /// <summary>True when there is nothing to do. One snapshot, because another process may be migrating at this moment.</summary>
    private static bool Look(SqlSession session, SqlScripts scripts)
    {
        session.Execute("BEGIN");
        try
        {
            var version = Version(session);
            RefuseForeign(session, version, scripts);
            if (version < scripts.Newest)
            {
                return false;
            }

            var tables = session.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
            scripts.RefuseUnreleased(tables, "Move the data folder away, or name another with --data.");
            return true;
        }
        finally
        {
            RollBack(session);
        }
    }

    private static void RollBack(SqlSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // SQLite has rolled back by itself; the first fault is the one to tell.
        }
    }

    private static void RefuseForeign(SqlSession session, long version, SqlScripts scripts)
    {
        var application = Convert.ToInt64(session.Scalar("PRAGMA application_id"), CultureInfo.InvariantCulture);
        var tables = Convert.ToInt64(session.Scalar("SELECT COUNT(*) FROM sqlite_master"), CultureInfo.InvariantCulture);
        if (application != ApplicationId && (tables > 0 || application != 0))
        {
            throw new KinoraException(
                ErrorCodes.DatabaseUnusable,
                "The file kinora.db in the data folder belongs to another program. It was not touched. Name another data folder with --data.");
        }

        scripts.RefuseNewer(version);
    }

    private static long Version(SqlSession session) => Convert.ToInt64(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
}
