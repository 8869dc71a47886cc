using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Sessions;
using Kinora.Tests.Sessions;

namespace Kinora.Tests.Sql;

public sealed class SqliteSessionStoreTests : SessionStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<(ISessionStore Sessions, IJobStore Jobs)> OpenAsync()
    {
        var database = _scratch.Open();
        return Task.FromResult<(ISessionStore, IJobStore)>((new SqlSessionStore(database), new SqlJobStore(database, Clock)));
    }
}
