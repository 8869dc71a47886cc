namespace Kinora.Accounts;

/// <summary>
/// The durable truth about accounts, the one-time secret of the first admin, and ended tokens. Safe for many threads, and for many processes on one
/// database. What returns has reached the disk. Writes throw <c>database_busy</c> or <c>storage_full</c>, and then nothing was stored.
/// </summary>
public interface IAccountStore
{
    /// <summary>Null when unknown. Disabled ones are found too.</summary>
    Task<StoredAccount?> FindAsync(string id, CancellationToken cancel);

    /// <param name="nameKey">By <see cref="UserNames.Key"/>.</param>
    Task<StoredAccount?> FindByNameAsync(string nameKey, CancellationToken cancel);

    /// <summary>All, oldest first.</summary>
    Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancel);

    /// <summary>Stores a new account. False, and nothing stored, when its id or name is taken.</summary>
    /// <param name="onlyFirst">Also false when there is any account already.</param>
    Task<bool> AddAsync(StoredAccount account, bool onlyFirst, CancellationToken cancel);

    /// <summary>
    /// Reads, changes and writes an account in one transaction. Nothing is written when <paramref name="change"/> gives back what it got, or when no
    /// admin would be left who is not disabled. Id, name and time of creation never change.
    /// </summary>
    /// <param name="change">Pure; may run more than once.</param>
    Task<AccountWrite> ChangeAsync(string id, Func<StoredAccount, StoredAccount> change, CancellationToken cancel);

    /// <summary>
    /// Keeps the hash of a one-time secret instead of the last one. False, and nothing kept, when anybody has a password. The secret ends as soon as
    /// anybody has one.
    /// </summary>
    /// <param name="hash">SHA-256 of the secret, 32 bytes.</param>
    Task<bool> KeepSetupSecretAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel);

    /// <summary>
    /// Takes the one-time secret with this hash away and gives back whom it lets in: <paramref name="first"/>, stored without a password, when there
    /// is no account, else the one account, which has none yet. Null when there is no such secret. Of many at once, one gets it.
    /// </summary>
    Task<Account?> UseSetupSecretAsync(ReadOnlyMemory<byte> hash, Account first, CancellationToken cancel);

    /// <summary>Ends a token; a second time changes nothing.</summary>
    /// <param name="sweepBefore">Forgets tokens that expired before this.</param>
    Task RevokeTokenAsync(string tokenId, DateTimeOffset expiresAt, DateTimeOffset sweepBefore, CancellationToken cancel);

    /// <summary>Ended tokens with a number beyond <paramref name="after"/>, in order. What commits later has a higher number.</summary>
    Task<IReadOnlyList<RevokedToken>> ListRevokedAsync(long after, CancellationToken cancel);
}

/// <param name="PasswordHash">By <see cref="IPasswordHasher"/>; null when no password can be right.</param>
public sealed record StoredAccount(Account Account, string? PasswordHash)
{
    /// <summary>With another password, which ends every token given out before.</summary>
    public StoredAccount WithPassword(string hash) =>
        new(Account with { PasswordChangeRequired = false, Generation = Account.Generation + 1 }, hash);
}

/// <param name="Account">As it is now; null when unknown.</param>
/// <param name="LastAdmin">Nothing was changed: nobody would be left to administer.</param>
public sealed record AccountWrite(StoredAccount? Account, bool LastAdmin = false);

public sealed record RevokedToken(long Number, string Id, DateTimeOffset ExpiresAt);
