using Kinora.Adapters.Sql;
using Kinora.Accounts;
using Kinora.Tests.Accounts;

namespace Kinora.Tests.Sql;

public sealed class PostgresApiKeyStoreTests : ApiKeyStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<IApiKeyStore> OpenAsync() => new SqlApiKeyStore(await _scratch.OpenAsync());
}
