using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Jobs;

namespace Kinora.Tests.Sql;

public sealed class PostgresJobStoreTests : JobStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<IJobStore> OpenAsync() => new SqlJobStore(await _scratch.OpenAsync(), Clock);

    protected override Task ExecuteAsync(string sql) => _scratch.ExecuteAsync(sql);
}
