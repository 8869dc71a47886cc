using System.Collections.Concurrent;

namespace Kinora.Accounts;

/// <summary>
/// Tokens that ended before their time. All are in memory; the store is asked only for new ones, at most every two seconds, so that what another process
/// revokes counts here within five. Safe for many threads.
/// </summary>
internal sealed class RevokedTokens(IAccountStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(2);

    /// <summary>How long after its expiry a token is still remembered: clocks differ, and are set.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1);
    private long _last;
    private long _forgotAt = time.GetTimestamp();

    /// <summary>When the store was last asked; null before the first time.</summary>
    private Asked? _asked;

    public int Count => _ended.Count;

    public async Task AddAsync(string tokenId, DateTimeOffset expiresAt, CancellationToken cancel)
    {
        await store.RevokeTokenAsync(tokenId, expiresAt, time.GetUtcNow() - Grace, cancel);
        _ended[tokenId] = expiresAt;
    }

    /// <exception cref="Errors.KinoraException">The store cannot be asked: nobody knows whether the token is good.</exception>
    public ValueTask<bool> ContainsAsync(string tokenId, CancellationToken cancel) =>
        IsFresh ? ValueTask.FromResult(_ended.ContainsKey(tokenId)) : ReadAsync(tokenId, cancel);

    public void Dispose() => _reading.Dispose();

    private bool IsFresh => Volatile.Read(ref _asked) is { } asked && time.GetElapsedTime(asked.At) < BelievedFor;

    private async ValueTask<bool> ReadAsync(string tokenId, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            if (!IsFresh)
            {
                var at = time.GetTimestamp();
                foreach (var token in await store.ListRevokedAsync(_last, cancel))
                {
                    _ended[token.Id] = token.ExpiresAt;
                    _last = token.Number;
                }

                Forget();
                Volatile.Write(ref _asked, new Asked(at));
            }
        }
        finally
        {
            _reading.Release();
        }

        return _ended.ContainsKey(tokenId);
    }

    private void Forget()
    {
        if (time.GetElapsedTime(_forgotAt) < ForgetEvery)
        {
            return;
        }

        _forgotAt = time.GetTimestamp();
        var before = time.GetUtcNow() - Grace;
        foreach (var (id, _) in _ended.Where(entry => entry.Value < before))
        {
            _ended.TryRemove(id, out _);
        }
    }

    /// <param name="At">Timestamp from before the look.</param>
    private sealed record Asked(long At);
}
