using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>API keys: made, checked at every request, listed, ended. Safe for many threads.</summary>
public sealed class ApiKeys(IApiKeyStore store, IAccountStore accounts, IRandomBytes random, TimeProvider time)
{
    /// <summary>Good keys a user may have at once.</summary>
    public const int MostPerUser = 100;

    public const int LongestName = 100;

    /// <summary>How long a look into the store is believed: so long may another process's revocation take to work here.</summary>
    private static readonly TimeSpan CacheAge = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private const int LargestCache = 10_000;

    private readonly ConcurrentDictionary<string, Known> _cache = new(StringComparer.Ordinal);

    /// <exception cref="KinoraException"><c>invalid_request</c>: the name, the scopes or the limits. <c>limit_reached</c>: too many keys.</exception>
    public async Task<NewApiKey> CreateAsync(string userId, string name, KeyScopes scopes, KeyLimits limits, CancellationToken cancel)
    {
        Check(userId, name, scopes);
        Check(limits);
        var secret = ApiKeySecret.New(random);
        var key = new ApiKey { Id = NewId(), UserId = userId, Name = name.Trim(), Scopes = scopes, Limits = limits, CreatedAt = time.GetUtcNow() };
        return await store.CreateAsync(key, ApiKeySecret.Hash(secret), MostPerUser, cancel)
            ? new NewApiKey(key, secret)
            : throw new KinoraException(ErrorCodes.LimitReached, $"There are {MostPerUser} keys already, the most a user may have. Revoke one first.");
    }

    /// <summary>
    /// Who a secret stands for; null when it is no good key, or its owner's account is disabled. The scope <c>admin</c> counts only while he is an admin.
    /// Most calls touch no database.
    /// </summary>
    public async Task<Access?> VerifyAsync(string? secret, CancellationToken cancel)
    {
        if (!ApiKeySecret.HasForm(secret))
        {
            return null;
        }

        var hash = ApiKeySecret.Hash(secret!);
        var slot = Convert.ToHexString(hash);
        if (_cache.TryGetValue(slot, out var known) && time.GetElapsedTime(known.ReadAt) < CacheAge)
        {
            return known.Access;
        }

        var readAt = time.GetTimestamp();
        // Only good keys are remembered: guesses never come twice and would push the others out.
        if (await store.FindAsync(hash, cancel) is not { } found || !CryptographicOperations.FixedTimeEquals(found.Hash.Span, hash))
        {
            _cache.TryRemove(slot, out _);
            return null;
        }

        if (await RightsAsync(found.Key, cancel) is not { } access)
        {
            _cache.TryRemove(slot, out _);
            return null;
        }

        await TouchAsync(found.Key, cancel);
        Remember(slot, new Known(found.Key.Id, access, readAt));
        return access;
    }

    /// <summary>Keys, oldest first. A null user lists all (the operator).</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? userId, CancellationToken cancel) => store.ListAsync(userId, cancel);

    /// <summary>Ends a key: at once here, within 5 seconds in other processes. A null user ends any (the operator).</summary>
    /// <exception cref="KinoraException"><c>not_found</c>: unknown, or another's.</exception>
    public async Task RevokeAsync(string id, string? userId, CancellationToken cancel)
    {
        if (!await store.RevokeAsync(id, userId, time.GetUtcNow(), cancel))
        {
            throw new KinoraException(ErrorCodes.NotFound, "There is no key with that id. `kinora keys list` shows what there is.");
        }

        foreach (var (slot, _) in _cache.Where(entry => entry.Value.KeyId == id))
        {
            _cache.TryRemove(slot, out _);
        }
    }

    /// <summary>What is left of a key's scopes by the state of its owner. A user without an account is one of the operator's making and keeps what he was given.</summary>
    private async Task<Access?> RightsAsync(ApiKey key, CancellationToken cancel)
    {
        // From the store itself: two caches in a row would be twice as late.
        var owner = (await accounts.FindAsync(key.UserId, cancel))?.Account;
        var scopes = owner is { Role: not Role.Admin } ? key.Scopes & ~KeyScopes.Admin : key.Scopes;
        return owner is { DisabledAt: not null } ? null : new Access(new Caller(key.UserId) { Key = key.Limits == KeyLimits.None ? null : new LimitedKey(key.Id, key.Limits) }, scopes);
    }

    private static void Check(KeyLimits limits)
    {
        List<Fault> faults = [];
        if (limits.CreatesPerMinute is < 1 or > KeyLimits.MostCreatesPerMinute)
        {
            faults.Add(new Fault("creates_per_minute", $"creates_per_minute is a whole number from 1 to {KeyLimits.MostCreatesPerMinute}; leave it out for no limit."));
        }

        foreach (var (field, usd) in new[] { ("daily_budget_usd", limits.DailyUsd), ("monthly_budget_usd", limits.MonthlyUsd) })
        {
            if (usd is < 0 or > KeyLimits.MostUsd)
            {
                faults.Add(new Fault(field, $"{field} is 0 to {KeyLimits.MostUsd} US dollars; leave it out for no limit."));
            }
        }

        if (faults.Count > 0)
        {
            throw KinoraException.Invalid(faults);
        }
    }

    private static void Check(string userId, string name, KeyScopes scopes)
    {
        if (string.IsNullOrWhiteSpace(userId) || userId.Length > LongestName || userId.Any(char.IsControl))
        {
            throw KinoraException.Invalid([new Fault("user", $"The name of a user has 1 to {LongestName} characters and no control characters.")]);
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            throw KinoraException.Invalid([new Fault("name", $"The name of a key has 1 to {LongestName} characters and no control characters.")]);
        }

        _ = KeyScopeWords.Parse(string.Join(',', scopes.Words()));
    }

    private async Task TouchAsync(ApiKey key, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (key.LastUsedAt is { } last && now - last < TouchEvery)
        {
            return;
        }

        try
        {
            await store.TouchAsync(key.Id, now, cancel);
        }
        catch (KinoraException)
        {
            // A full disk or a busy database must not turn anybody away who only reads.
        }
    }

    private void Remember(string slot, Known known)
    {
        if (_cache.Count >= LargestCache)
        {
            _cache.Clear();
        }

        _cache[slot] = known;
    }

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        return "key_" + Convert.ToHexStringLower(bytes);
    }

    /// <param name="ReadAt">Timestamp from before the look.</param>
    private sealed record Known(string KeyId, Access Access, long ReadAt);
}
