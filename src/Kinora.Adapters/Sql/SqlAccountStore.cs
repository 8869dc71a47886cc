using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Kinora.Accounts;

namespace Kinora.Adapters.Sql;

/// <summary>Accounts in SQL, with the one-time secret and the ended tokens.</summary>
internal sealed class SqlAccountStore(ISqlDatabase database) : IAccountStore
{
    private const string Columns =
        "id, username, name_key, role, password_hash, must_change, generation, daily_micros, monthly_micros, created_at, disabled_at";

    public Task<StoredAccount?> FindAsync(string id, CancellationToken cancel) => database.ReadAsync(session => Find(session, id), cancel);

    public Task<StoredAccount?> FindByNameAsync(string nameKey, CancellationToken cancel) =>
        database.ReadAsync(session => session.Query($"SELECT {Columns} FROM accounts WHERE name_key = @key", Read, ("@key", nameKey)).FirstOrDefault(), cancel);

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Account>>(session => session.Query($"SELECT {Columns} FROM accounts ORDER BY seq", row => Read(row).Account), cancel);

    public Task<bool> AddAsync(StoredAccount account, bool onlyFirst, CancellationToken cancel) =>
        database.WriteAsync(session => !(onlyFirst && Count(session, "1 = 1") > 0) && Insert(session, account), durable: true, cancel);

    public Task<AccountWrite> ChangeAsync(string id, Func<StoredAccount, StoredAccount> change, CancellationToken cancel) =>
        database.WriteAsync(session => Change(session, id, change), durable: true, cancel);

    public Task<bool> KeepSetupSecretAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel) =>
        database.WriteAsync(
            session => Count(session, "password_hash IS NOT NULL") == 0 && session.Execute(
                "INSERT INTO setup_secret (\"only\", hash) VALUES (1, @hash) ON CONFLICT (\"only\") DO UPDATE SET hash = excluded.hash",
                ("@hash", Convert.ToHexStringLower(hash.Span))) > 0,
            durable: true,
            cancel);

    public Task<Account?> UseSetupSecretAsync(ReadOnlyMemory<byte> hash, Account first, CancellationToken cancel) =>
        database.WriteAsync(session => UseSetupSecret(session, hash, first), durable: true, cancel);

    public Task RevokeTokenAsync(string tokenId, DateTimeOffset expiresAt, DateTimeOffset sweepBefore, CancellationToken cancel) =>
        database.WriteAsync(
            session =>
            {
                session.Execute("DELETE FROM revoked_tokens WHERE expires_at < @before", ("@before", sweepBefore.Millis()));
                return session.Execute(
                    "INSERT INTO revoked_tokens (id, expires_at) VALUES (@id, @expires) ON CONFLICT (id) DO NOTHING",
                    ("@id", tokenId), ("@expires", expiresAt.Millis()));
            },
            durable: true,
            cancel);

    public Task<IReadOnlyList<RevokedToken>> ListRevokedAsync(long after, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<RevokedToken>>(
            session => session.Query(
                "SELECT seq, id, expires_at FROM revoked_tokens WHERE seq > @after ORDER BY seq",
                row => new RevokedToken(row.GetInt64(0), row.GetString(1), row.Time(2)),
                ("@after", after)),
            cancel);

    private static AccountWrite Change(SqlSession session, string id, Func<StoredAccount, StoredAccount> change)
    {
        if (Find(session, id) is not { } before)
        {
            return new AccountWrite(null);
        }

        var after = change(before);
        if (ReferenceEquals(before, after))
        {
            return new AccountWrite(before);
        }

        if (Administers(before.Account) && !Administers(after.Account) && Count(session, $"role = '{Word(Role.Admin)}' AND disabled_at IS NULL") == 1)
        {
            return new AccountWrite(before, LastAdmin: true);
        }

        var account = after.Account;
        session.Execute(
            """
            UPDATE accounts SET role = @role, password_hash = @hash, must_change = @change, generation = @generation, daily_micros = @daily,
                monthly_micros = @monthly, disabled_at = @disabled
            WHERE id = @id
            """,
            ("@role", Word(account.Role)), ("@hash", after.PasswordHash), ("@change", account.PasswordChangeRequired ? 1 : 0), ("@generation", account.Generation),
            ("@daily", account.DailyBudgetUsd.Micros()), ("@monthly", account.MonthlyBudgetUsd.Micros()), ("@disabled", account.DisabledAt.Millis()), ("@id", id));
        EndSetupSecret(session);
        return new AccountWrite(after);
    }

    private static Account? UseSetupSecret(SqlSession session, ReadOnlyMemory<byte> hash, Account first)
    {
        if (session.Scalar("SELECT hash FROM setup_secret") is not string kept
            || !CryptographicOperations.FixedTimeEquals(Convert.FromHexString(kept), hash.Span))
        {
            return null;
        }

        session.Execute("DELETE FROM setup_secret");
        var accounts = session.Query($"SELECT {Columns} FROM accounts ORDER BY seq", Read);
        return accounts.Count > 0 ? accounts[0].Account
            : Insert(session, new StoredAccount(first, PasswordHash: null)) ? first : null;
    }

    private static bool Insert(SqlSession session, StoredAccount stored)
    {
        var account = stored.Account;
        var added = session.Execute(
            $"""
             INSERT INTO accounts ({Columns})
             VALUES (@id, @username, @key, @role, @hash, @change, @generation, @daily, @monthly, @created, @disabled) ON CONFLICT DO NOTHING
             """,
            ("@id", account.Id), ("@username", account.Username), ("@key", UserNames.Key(account.Username)), ("@role", Word(account.Role)),
            ("@hash", stored.PasswordHash), ("@change", account.PasswordChangeRequired ? 1 : 0), ("@generation", account.Generation),
            ("@daily", account.DailyBudgetUsd.Micros()), ("@monthly", account.MonthlyBudgetUsd.Micros()), ("@created", account.CreatedAt.Millis()),
            ("@disabled", account.DisabledAt.Millis())) > 0;
        EndSetupSecret(session);
        return added;
    }

    /// <summary>Who has a password can make others; a secret that is still about would be a second way in.</summary>
    private static void EndSetupSecret(SqlSession session) =>
        session.Execute("DELETE FROM setup_secret WHERE EXISTS (SELECT 1 FROM accounts WHERE password_hash IS NOT NULL)");

    private static StoredAccount? Find(SqlSession session, string id) =>
        session.Query($"SELECT {Columns} FROM accounts WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    private static long Count(SqlSession session, string condition) =>
        Convert.ToInt64(session.Scalar($"SELECT COUNT(*) FROM accounts WHERE {condition}"), CultureInfo.InvariantCulture);

    private static bool Administers(Account account) => account is { Role: Role.Admin, DisabledAt: null };

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static StoredAccount Read(DbDataReader row) => new(
        new Account
        {
            Id = row.GetString(0),
            Username = row.GetString(1),
            // A role of a newer version means nothing here.
            Role = row.GetString(3) == Word(Role.Admin) ? Role.Admin : Role.User,
            PasswordChangeRequired = row.GetInt32(5) != 0,
            Generation = row.GetInt32(6),
            DailyBudgetUsd = row.DollarsOrNull(7),
            MonthlyBudgetUsd = row.DollarsOrNull(8),
            CreatedAt = row.Time(9),
            DisabledAt = row.TimeOrNull(10),
        },
        row.TextOrNull(4));
}
