using System.Data.Common;

namespace Kinora.Adapters.Sql;

/// <summary>One open connection with its prepared statements. Not safe for two threads at once.</summary>
/// <param name="prepare">Makes a statement ready whose parameters are named but have no types; null where a database needs none.</param>
/// <param name="clean">Changes a text so that the database can hold it; null where it holds any.</param>
internal sealed class SqlSession(DbConnection connection, Action<DbCommand>? prepare = null, Func<string, string>? clean = null) : IDisposable
{
    /// <summary>Statements kept; texts that are put together from parts must not fill the memory.</summary>
    private const int MostPrepared = 300;

    private readonly Dictionary<string, DbCommand> _prepared = [];

    public DbConnection Connection { get; } = connection;

    /// <summary>What the running transaction has for others to look at.</summary>
    public SqlNews Tells { get; set; }

    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Reads every row through <paramref name="read"/>.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first column of the first row; null when there is none or it is NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteScalar() is var value and not DBNull ? value : null;

    public void Dispose()
    {
        Forget();
        Connection.Dispose();
    }

    private DbCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql, parameters);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, value) = parameters[i];
            var at = i < command.Parameters.Count && command.Parameters[i].ParameterName == name ? i : command.Parameters.IndexOf(name);
            if (at >= 0)
            {
                command.Parameters[at].Value = value is string text && clean is not null ? clean(text) : value ?? DBNull.Value;
            }
        }

        return command;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (_prepared.Count >= MostPrepared)
        {
            Forget();
        }

        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        try
        {
            prepare?.Invoke(command);
        }
        catch
        {
            command.Dispose();
            throw;
        }

        return _prepared[sql] = command;
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }
}
