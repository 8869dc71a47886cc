using Kinora.Adapters.Sql;
using Kinora.Accounts;
using Kinora.Tests.Accounts;

namespace Kinora.Tests.Sql;

public sealed class PostgresAccountStoreTests : AccountStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<IAccountStore> OpenAsync() => new SqlAccountStore(await _scratch.OpenAsync());
}
