using Kinora.Adapters.Sql;
using Kinora.Health;
using Kinora.Tests.Health;

namespace Kinora.Tests.Sql;

public sealed class SqliteHealthStoreTests : HealthStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<IHealthStore> OpenAsync() => Task.FromResult<IHealthStore>(new SqlHealthStore(_scratch.Open()));
}
