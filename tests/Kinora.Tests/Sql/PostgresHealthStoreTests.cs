using Kinora.Adapters.Sql;
using Kinora.Health;
using Kinora.Tests.Health;

namespace Kinora.Tests.Sql;

public sealed class PostgresHealthStoreTests : HealthStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<IHealthStore> OpenAsync() => new SqlHealthStore(await _scratch.OpenAsync());
}
