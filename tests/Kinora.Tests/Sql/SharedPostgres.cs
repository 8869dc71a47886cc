using Kinora.Tests.Sql;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Kinora.Tests.Sql;

/// <summary>The one server of a run, started by the first test that wants it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(PostgresServer.StartAsync);

    internal static Task<PostgresServer> GetAsync() => Server.Value;

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated && Server.Value.IsCompletedSuccessfully)
        {
            await (await Server.Value).DisposeAsync();
        }
    }
}
