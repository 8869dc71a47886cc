using Kinora.Accounts;
using Kinora.Tests.Fakes;

namespace Kinora.Tests.Accounts;

/// <summary>The stand-in of the other tests keeps the promises too.</summary>
public sealed class MemoryAccountsTests : AccountStoreContract
{
    private readonly MemoryAccounts _accounts = new();

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override Task<IAccountStore> OpenAsync() => Task.FromResult<IAccountStore>(_accounts);
}
