using Kinora.Accounts;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Xunit;

namespace Kinora.Tests.Accounts;

/// <summary>Accounts of its own for each test, over a store in memory, a hasher that counts and a clock that stands.</summary>
public abstract class AccountScene : IDisposable
{
    private protected const string Good = "a horse's song";
    private protected const string Better = "two horses' song";
    private protected const string Here = "192.0.2.7";

    private protected AccountScene() => Accounts = NewService();

    private protected MemoryAccounts Store { get; } = new();

    private protected CountingHasher Hasher { get; } = new();

    private protected TestClock Clock { get; } = new();

    private protected AccountService Accounts { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Accounts.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>As another process on the same store has it.</summary>
    private protected AccountService NewService() => new(Store, Hasher, new SystemRandomBytes(), Clock);
}
