using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Sessions;
using Kinora.Tests.Sessions;

namespace Kinora.Tests.Sql;

public sealed class PostgresSessionStoreTests : SessionStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<(ISessionStore Sessions, IJobStore Jobs)> OpenAsync()
    {
        var database = await _scratch.OpenAsync();
        return (new SqlSessionStore(database), new SqlJobStore(database, Clock));
    }
}
