using Kinora.Adapters.Sql;
using Kinora.Uploads;
using Kinora.Tests.Uploads;

namespace Kinora.Tests.Sql;

public sealed class PostgresUploadStoreTests : UploadStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<IUploadStore> OpenAsync() => new SqlUploadStore(await _scratch.OpenAsync());
}
