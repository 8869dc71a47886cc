using Kinora.Adapters.Sql;
using Kinora.Tests.Uploads;
using Kinora.Uploads;

namespace Kinora.Tests.Sql;

public sealed class SqliteUploadStoreTests : UploadStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<IUploadStore> OpenAsync() => Task.FromResult<IUploadStore>(new SqlUploadStore(_scratch.Open()));
}
