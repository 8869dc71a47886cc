using System.Globalization;
using Kinora.Errors;
using Kinora.Jobs;
using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>Brings the tables of a PostgreSQL database up to date, all scripts in one transaction under a lock, so that any number of processes may start at once.</summary>
internal static class PostgresMigrations
{
    private const string Mend = "Name another in the setting Database.";

    public static void Run(NpgsqlConnection connection)
    {
        var scripts = SqlScripts.Of("postgres");
        RefuseUnfit(connection);
        if (Version(connection, scripts) == scripts.Newest)
        {
            var tables = Column(connection, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()").ToHashSet(StringComparer.Ordinal);
            scripts.RefuseUnreleased(tables, Mend);
            return;
        }

        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 60000; SELECT pg_advisory_xact_lock({PostgresLocks.Migration})");
        // Read again: another process may have migrated while we waited.
        var version = Version(connection, scripts);
        if (version < scripts.Newest)
        {
            Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT now())");
        }

        foreach (var (number, sql) in scripts.All.Where(s => s.Number > version))
        {
            Execute(connection, sql);
            CrashPoints.Hit(CrashPoints.MidMigration);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (version) VALUES ({number})"));
        }

        transaction.Commit();
    }

    private static void RefuseUnfit(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < 14)
        {
            throw Unusable($"PostgreSQL 14 or later is needed; this server is {connection.PostgreSqlVersion}.");
        }

        if (Column(connection, "SHOW server_encoding") is not ["UTF8"])
        {
            throw Unusable("The database does not hold Unicode: make one with the encoding UTF8 (createdb -E UTF8 -T template0). " + Mend);
        }

        if (Column(connection, "SELECT current_schema()::text") is not [{ Length: > 0 }])
        {
            throw Unusable("The database has no schema that its user may use. Make one, or name it as Search Path in the setting Database.");
        }
    }

    /// <summary>0 for a database with nothing in it.</summary>
    /// <exception cref="KinoraException"><c>database_unusable</c>: another program's, or of a newer version.</exception>
    private static long Version(NpgsqlConnection connection, SqlScripts scripts)
    {
        // One statement, one view: another process may be migrating at this moment.
        var tables = Column(connection, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
        if (!tables.Contains("schema_version"))
        {
            return tables.Count == 0 ? 0 : throw Foreign();
        }

        using var command = new NpgsqlCommand("SELECT COALESCE(MAX(version), 0)::bigint FROM schema_version", connection);
        try
        {
            var version = (long)command.ExecuteScalar()!;
            scripts.RefuseNewer(version);
            return version > 0 && tables.Contains("jobs") ? version : throw Foreign();
        }
        catch (PostgresException other) when (other.SqlState is PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.CannotCoerce
            or PostgresErrorCodes.InvalidTextRepresentation)
        {
            throw Foreign();
        }
    }

    private static KinoraException Foreign() => Unusable("The database belongs to another program. It was not touched. " + Mend);

    private static KinoraException Unusable(string text) => new(ErrorCodes.DatabaseUnusable, text);

    private static List<string> Column(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return values;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
