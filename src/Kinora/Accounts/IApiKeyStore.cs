namespace Kinora.Accounts;

/// <summary>
/// The durable truth about keys. Safe for many threads, and for many processes on one database. What returns has committed; creating and revoking have
/// reached the disk too.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>Stores a key under the hash of its secret. False, and nothing stored, when its user has <paramref name="most"/> good keys already.</summary>
    /// <param name="hash">SHA-256 of the secret, 32 bytes.</param>
    /// <exception cref="Errors.KinoraException"><c>database_busy</c>, <c>storage_full</c>: nothing was stored.</exception>
    Task<bool> CreateAsync(ApiKey key, ReadOnlyMemory<byte> hash, int most, CancellationToken cancel);

    /// <summary>The good key under a hash, with the hash as it is stored; null when unknown or revoked.</summary>
    Task<StoredApiKey?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel);

    /// <summary>Keys, oldest first, the revoked ones too. A null user lists all (the operator).</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string? userId, CancellationToken cancel);

    /// <summary>Ends a key for ever. False when unknown or another's; true, and nothing changed, when it was revoked before. A null user ends any.</summary>
    Task<bool> RevokeAsync(string id, string? userId, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Notes a use; never sets it back. Not durable: a power cut may forget it.</summary>
    Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancel);
}

/// <param name="Hash">SHA-256 of the secret, 32 bytes.</param>
public sealed record StoredApiKey(ApiKey Key, ReadOnlyMemory<byte> Hash);
