using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Jobs;

namespace Kinora.Tests.Sql;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<IJobStore> OpenAsync() => Task.FromResult<IJobStore>(new SqlJobStore(_scratch.Open(), Clock));

    protected override Task ExecuteAsync(string sql) => _scratch.First.WriteAsync(session => session.Execute(sql), durable: false, CancellationToken.None);
}
