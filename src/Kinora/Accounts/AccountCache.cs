using System.Collections.Concurrent;

namespace Kinora.Accounts;

/// <summary>Accounts by id, each believed for a few seconds: so long may another process's change take to work here. Safe for many threads.</summary>
internal sealed class AccountCache(IAccountStore store, TimeProvider time)
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(4);

    private const int Largest = 10_000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async ValueTask<Account?> FindAsync(string id, CancellationToken cancel)
    {
        if (_known.TryGetValue(id, out var known) && time.GetElapsedTime(known.ReadAt) < BelievedFor)
        {
            return known.Account;
        }

        var readAt = time.GetTimestamp();
        if (await store.FindAsync(id, cancel) is not { } found)
        {
            _known.TryRemove(id, out _);
            return null;
        }

        return Remember(found.Account, readAt);
    }

    /// <summary>What was written this moment.</summary>
    public Account Remember(Account account) => Remember(account, time.GetTimestamp());

    /// <param name="readAt">Timestamp from before the look; what was read later stays.</param>
    public Account Remember(Account account, long readAt)
    {
        if (_known.Count >= Largest)
        {
            _known.Clear();
        }

        var found = new Known(account, readAt);
        _known.AddOrUpdate(account.Id, found, (_, known) => known.ReadAt > readAt ? known : found);
        return account;
    }

    /// <param name="ReadAt">Timestamp from before the look.</param>
    private sealed record Known(Account Account, long ReadAt);
}
