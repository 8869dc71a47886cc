using System.Data.Common;
using System.Text;
using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>Statements as PostgreSQL wants them: every parameter of the type that the server asks for, every text without what it cannot hold.</summary>
internal static class PostgresTypes
{
    /// <summary>Asks the server for the types once, so that a value and a null share one prepared statement.</summary>
    public static void Prepare(DbCommand command)
    {
        var names = command.Parameters.Cast<DbParameter>().Select(p => p.ParameterName).ToList();
        var statement = (NpgsqlCommand)command;
        NpgsqlCommandBuilder.DeriveParameters(statement);
        var types = statement.Parameters.ToDictionary(p => p.ParameterName.TrimStart('@'), p => p.NpgsqlDbType);
        statement.Parameters.Clear();
        // In the caller's order; a value that the statement does not use has no place.
        foreach (var name in names.Where(n => types.ContainsKey(n[1..])))
        {
            statement.Parameters.Add(new NpgsqlParameter(name, types[name[1..]]));
        }

        statement.Prepare();
    }

    /// <summary>
    /// Halves of surrogate pairs become U+FFFD, as SQLite stores them. So does NUL, which PostgreSQL refuses in any text
    /// (https://www.postgresql.org/docs/15/datatype-character.html, read 2026-11-22): an odd character in a provider's answer must not stop a job.
    /// </summary>
    public static string Clean(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD') : text.Replace('\0', '\uFFFD');
}
