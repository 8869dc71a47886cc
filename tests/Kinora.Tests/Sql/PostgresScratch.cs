using Kinora.Adapters.Sql;
using Shouldly;

namespace Kinora.Tests.Sql;

/// <summary>A schema of a test's own in the server of the run (or in one it brings), opened as often as it likes; gone afterwards.</summary>
internal sealed class PostgresScratch(PostgresServer? own = null) : IAsyncDisposable
{
    private readonly List<PostgresDatabase> _open = [];
    private PostgresServer? _server;

    /// <summary>Of the schema, and of its connections on the server.</summary>
    public string Name { get; } = "t_" + Guid.NewGuid().ToString("N");

    public PostgresServer Server => _server!;

    /// <summary>The one that was opened first.</summary>
    public PostgresDatabase First => _open[0];

    /// <summary>Connections of their own, as another machine has them.</summary>
    public async Task<PostgresDatabase> OpenAsync(string more = "")
    {
        var database = PostgresDatabase.Open(await SettingAsync(more));
        _open.Add(database);
        return database;
    }

    /// <summary>What <see cref="PostgresDatabase.Open"/> takes.</summary>
    public async Task<string> SettingAsync(string more = "")
    {
        if (_server is null)
        {
            _server = own ?? await SharedPostgres.GetAsync();
            await Server.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {Name}");
        }

        var setting = PostgresSetting.Parse($"{Server.ConnectionString};Search Path={Name};Application Name={Name}{more}", out var fault);
        fault.ShouldBeNull();
        return setting!;
    }

    public Task<object?> ExecuteAsync(string sql) => Server.ExecuteAsync($"SET search_path = {Name}; {sql}");

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
        {
            await database.DisposeAsync();
        }

        if (_server is not null && own is null)
        {
            await Server.ExecuteAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE");
        }
    }
}
