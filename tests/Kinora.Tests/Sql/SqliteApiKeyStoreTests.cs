using Kinora.Accounts;
using Kinora.Adapters.Sql;
using Kinora.Tests.Accounts;

namespace Kinora.Tests.Sql;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<IApiKeyStore> OpenAsync() => Task.FromResult<IApiKeyStore>(new SqlApiKeyStore(_scratch.Open()));
}
