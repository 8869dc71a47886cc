using Kinora.Accounts;

namespace Kinora.Tests.Fakes;

/// <summary>Accounts in memory, with the same promises as those in a database; counts what is asked.</summary>
internal sealed class MemoryAccounts : IAccountStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredAccount> _rows = [];
    private readonly List<RevokedToken> _revoked = [];
    private byte[]? _secret;
    private long _number;

    public int Looks { get; private set; }

    public int TokenLooks { get; private set; }

    public Exception? Fault { get; set; }

    public IReadOnlyList<StoredAccount> Rows => Locked(() => _rows.ToList());

    public Task<StoredAccount?> FindAsync(string id, CancellationToken cancel) => Run(() =>
    {
        Looks++;
        return _rows.Find(r => r.Account.Id == id);
    });

    public Task<StoredAccount?> FindByNameAsync(string nameKey, CancellationToken cancel) => Run(() => _rows.Find(r => UserNames.Key(r.Account.Username) == nameKey));

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancel) => Run<IReadOnlyList<Account>>(() => [.. _rows.Select(r => r.Account)]);

    public Task<bool> AddAsync(StoredAccount account, bool onlyFirst, CancellationToken cancel) => Run(() => (!onlyFirst || _rows.Count == 0) && Insert(account));

    public Task<AccountWrite> ChangeAsync(string id, Func<StoredAccount, StoredAccount> change, CancellationToken cancel) => Run(() =>
    {
        var at = _rows.FindIndex(r => r.Account.Id == id);
        if (at < 0)
        {
            return new AccountWrite(null);
        }

        var (before, after) = (_rows[at], change(_rows[at]));
        if (Administers(before) && !Administers(after) && _rows.Count(Administers) == 1)
        {
            return new AccountWrite(before, LastAdmin: true);
        }

        _rows[at] = after;
        EndSecret();
        return new AccountWrite(after);
    });

    public Task<bool> KeepSetupSecretAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel) => Run(() =>
    {
        _secret = hash.ToArray();
        EndSecret();
        return _secret is not null;
    });

    public Task<Account?> UseSetupSecretAsync(ReadOnlyMemory<byte> hash, Account first, CancellationToken cancel) => Run(() =>
    {
        if (_secret is null || !hash.Span.SequenceEqual(_secret))
        {
            return null;
        }

        _secret = null;
        return _rows.Count > 0 ? _rows[0].Account : Insert(new StoredAccount(first, null)) ? first : null;
    });

    public Task RevokeTokenAsync(string tokenId, DateTimeOffset expiresAt, DateTimeOffset sweepBefore, CancellationToken cancel) => Run(() =>
    {
        _revoked.RemoveAll(t => t.ExpiresAt < sweepBefore);
        if (!_revoked.Exists(t => t.Id == tokenId))
        {
            _revoked.Add(new RevokedToken(++_number, tokenId, expiresAt));
        }

        return true;
    });

    public Task<IReadOnlyList<RevokedToken>> ListRevokedAsync(long after, CancellationToken cancel) => Run<IReadOnlyList<RevokedToken>>(() =>
    {
        TokenLooks++;
        return [.. _revoked.Where(t => t.Number > after)];
    });

    private static bool Administers(StoredAccount row) => row.Account is { Role: Role.Admin, DisabledAt: null };

    private bool Insert(StoredAccount account)
    {
        if (_rows.Exists(r => r.Account.Id == account.Account.Id || UserNames.Key(r.Account.Username) == UserNames.Key(account.Account.Username)))
        {
            return false;
        }

        _rows.Add(account);
        EndSecret();
        return true;
    }

    private void EndSecret()
    {
        if (_rows.Exists(r => r.PasswordHash is not null))
        {
            _secret = null;
        }
    }

    private Task<T> Run<T>(Func<T> work) => Fault is null ? Task.FromResult(Locked(work)) : Task.FromException<T>(Fault);

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }
}
