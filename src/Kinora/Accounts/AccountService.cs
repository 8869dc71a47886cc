using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>People's accounts: made, changed, signed in to; and the end of their tokens. Safe for many threads.</summary>
public sealed class AccountService : IDisposable
{
    /// <summary>US dollars.</summary>
    public const decimal LargestBudget = 1_000_000_000;

    private readonly IAccountStore _store;
    private readonly IRandomBytes _random;
    private readonly TimeProvider _time;
    private readonly PasswordWork _work;
    private readonly SignInThrottle _throttle;
    private readonly AccountCache _cache;
    private readonly RevokedTokens _revoked;
    private readonly FirstAdmin _first;
    private readonly OtherAccounts _others;

    public AccountService(IAccountStore store, IPasswordHasher hasher, IRandomBytes random, TimeProvider time)
    {
        (_store, _random, _time) = (store, random, time);
        _work = new PasswordWork(hasher, random, PasswordWork.UsualPlaces);
        _throttle = new SignInThrottle(time);
        _cache = new AccountCache(store, time);
        _revoked = new RevokedTokens(store, time);
        _first = new FirstAdmin(store, _work, random, time);
        _others = new OtherAccounts(store, time);
    }

    /// <summary>
    /// Sees to it that somebody can administer, at each start of a server. Nothing happens when anybody has a password. Otherwise
    /// <paramref name="adminPassword"/> becomes the password of the account <c>admin</c>; without one, a one-time secret is made, which is the only
    /// thing that lets <c>admin</c> in, once. It replaces the secret of the last start.
    /// </summary>
    /// <param name="adminPassword"><c>KINORA_ADMIN_PASSWORD</c>; null or empty: none.</param>
    /// <returns>The secret, to be shown to the operator; null when there is none.</returns>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: the password breaks a rule.</exception>
    public Task<string?> EnsureAdminAsync(string? adminPassword, CancellationToken cancel) => _first.EnsureAsync(adminPassword, cancel);

    /// <param name="address">Where the caller is, for the throttle: an IP address.</param>
    /// <exception cref="KinoraException">
    /// <c>invalid_request</c>: something is missing. <c>invalid_credentials</c>: the same, and after the same work, whether the user is unknown or
    /// disabled or the password is wrong. <c>rate_limited</c>: nothing was compared.
    /// </exception>
    public async Task<Account> SignInAsync(string? username, string? password, string address, CancellationToken cancel)
    {
        RequireBoth(username, password);
        if (!PasswordRules.CanBe(password!))
        {
            throw WrongCredentials();
        }

        // What can be nobody's name has one bucket for all.
        var key = UserNames.Key(username!) ?? "";
        var readAt = _time.GetTimestamp();
        return _cache.Remember(await TryAsync(key, address, () => LookAsync(key, password!, cancel)) ?? throw WrongCredentials(), readAt);
    }

    /// <summary>Whether there is anybody beside the first admin. An answer is believed for four seconds.</summary>
    public ValueTask<bool> HasOthersAsync(CancellationToken cancel) => _others.AnyAsync(cancel);

    /// <summary>Null when there is none. What other processes changed is seen within 5 seconds; most calls touch no database.</summary>
    public Task<Account?> FindAsync(string userId, CancellationToken cancel) => _cache.FindAsync(userId, cancel).AsTask();

    /// <summary>Null when there is none.</summary>
    public async Task<Account?> FindByNameAsync(string username, CancellationToken cancel) =>
        UserNames.Key(username) is { } key ? (await _store.FindByNameAsync(key, cancel))?.Account : null;

    /// <summary>All, oldest first.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancel) => _store.ListAsync(cancel);

    /// <inheritdoc cref="AddAsync(string?, string?, Role, decimal?, decimal?, CancellationToken)"/>
    public Task<Account> AddAsync(string? username, string? password, Role role, CancellationToken cancel) =>
        AddAsync(username, password, role, dailyBudgetUsd: null, monthlyBudgetUsd: null, cancel);

    /// <summary>A new account. The first one is the operator's: it must be an admin, and what the command line made is his.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: names the field. <c>user_exists</c>.</exception>
    public async Task<Account> AddAsync(string? username, string? password, Role role, decimal? dailyBudgetUsd, decimal? monthlyBudgetUsd, CancellationToken cancel)
    {
        RequireBoth(username, password);
        var name = UserNames.Parse(username);
        PasswordRules.Check(password!, name);
        CheckRole(role);
        CheckBudget("daily_budget", dailyBudgetUsd);
        CheckBudget("monthly_budget", monthlyBudgetUsd);
        var first = (await _store.ListAsync(cancel)).Count == 0;
        if (first && role != Role.Admin)
        {
            throw Invalid("role", "There is no account yet, and the first must be an admin's. Make that one first.");
        }

        // Looked at before the work, and settled by the store after it.
        if (!first && await _store.FindByNameAsync(UserNames.Key(name)!, cancel) is not null)
        {
            throw Exists();
        }

        var hash = await _work.HashAsync(password!, cancel);
        var account = new Account
        {
            Id = first ? Account.FirstId : NewId(),
            Username = name,
            Role = role,
            CreatedAt = _time.GetUtcNow(),
            DailyBudgetUsd = dailyBudgetUsd,
            MonthlyBudgetUsd = monthlyBudgetUsd,
        };

        // Accounts are never removed: whoever was not the first once is not the first any more.
        return await _store.AddAsync(new StoredAccount(account, hash), onlyFirst: first, cancel)
            || (first && await _store.AddAsync(new StoredAccount(account = account with { Id = NewId() }, hash), onlyFirst: false, cancel))
            ? account
            : throw Exists();
    }

    /// <summary>By its owner. Ends every token given out before, his own too. Who came in by the one-time secret need not tell it again.</summary>
    /// <exception cref="KinoraException">
    /// <c>invalid_request</c>: something is missing, or the new password breaks a rule. <c>invalid_credentials</c>: the current one is wrong.
    /// <c>unauthenticated</c>: there is no such account any more. <c>rate_limited</c>.
    /// </exception>
    public async Task<Account> ChangePasswordAsync(string userId, string? current, string? next, string address, CancellationToken cancel)
    {
        if (await _store.FindAsync(userId, cancel) is not { Account: { DisabledAt: null } account } stored)
        {
            throw new KinoraException(ErrorCodes.Unauthenticated, "This account does not exist any more, or is disabled.");
        }

        if (string.IsNullOrEmpty(next) || (string.IsNullOrEmpty(current) && !account.PasswordChangeRequired))
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, "Current password and new password required");
        }

        PasswordRules.Check(next, account.Username, "newPassword");
        if (!account.PasswordChangeRequired && !(PasswordRules.CanBe(current!) && await ProvesAsync(stored, current!, address, cancel)))
        {
            throw WrongCurrent();
        }

        var hash = await _work.HashAsync(next, cancel);
        var write = await _store.ChangeAsync(userId, now => now.PasswordHash == stored.PasswordHash && now.Account.DisabledAt is null ? now.WithPassword(hash) : now, cancel);

        // Somebody else changed it in between: then what was proved is the current one no more.
        return write.Account is { } after && after.PasswordHash == hash ? _cache.Remember(after.Account) : throw WrongCurrent();
    }

    /// <summary>By an admin. A new password and disabling end every token of the account.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>. <c>invalid_request</c>: names the field; also for the last admin, who can be neither disabled nor demoted.</exception>
    public async Task<Account> UpdateAsync(string userId, AccountChange change, CancellationToken cancel)
    {
        var before = await _store.FindAsync(userId, cancel) ?? throw KinoraException.NotFound("user");
        CheckRole(change.Role ?? before.Account.Role);
        CheckBudget("daily_budget", change.DailyBudgetUsd);
        CheckBudget("monthly_budget", change.MonthlyBudgetUsd);
        string? hash = null;
        if (change.Password is not null)
        {
            PasswordRules.Check(change.Password, before.Account.Username);
            hash = await _work.HashAsync(change.Password, cancel);
        }

        var now = _time.GetUtcNow();
        var write = await _store.ChangeAsync(userId, stored => change.ApplyTo(hash is null ? stored : stored.WithPassword(hash), now), cancel);
        return write.LastAdmin
            ? throw Invalid(change.Disabled == true ? "disabled" : "role", "This is the only admin who is not disabled: nobody would be left to administer. Make another admin first.")
            : _cache.Remember((write.Account ?? throw KinoraException.NotFound("user")).Account);
    }

    /// <summary>Signs out everywhere: every token given out before ends, here at once and within 5 seconds elsewhere.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>.</exception>
    public async Task EndTokensAsync(string userId, CancellationToken cancel)
    {
        var write = await _store.ChangeAsync(userId, now => now with { Account = now.Account with { Generation = now.Account.Generation + 1 } }, cancel);
        _cache.Remember((write.Account ?? throw KinoraException.NotFound("user")).Account);
    }

    /// <summary>Ends one token for ever, here at once and within 5 seconds elsewhere.</summary>
    /// <param name="tokenId">Its <c>jti</c>.</param>
    /// <param name="expiresAt">When it would have ended by itself; it may be forgotten a day later.</param>
    public Task RevokeTokenAsync(string tokenId, DateTimeOffset expiresAt, CancellationToken cancel) => _revoked.AddAsync(tokenId, expiresAt, cancel);

    /// <summary>Whether a token was ended before its time. Most calls touch no database.</summary>
    /// <exception cref="KinoraException">The database cannot be read, so that nobody knows.</exception>
    public ValueTask<bool> IsRevokedAsync(string tokenId, CancellationToken cancel) => _revoked.ContainsAsync(tokenId, cancel);

    public void Dispose()
    {
        _work.Dispose();
        _revoked.Dispose();
    }

    private async Task<Account?> LookAsync(string key, string password, CancellationToken cancel)
    {
        if (await _first.UseAsync(key, password, cancel) is { } admin)
        {
            return admin.DisabledAt is null ? admin : null;
        }

        var stored = await _store.FindByNameAsync(key, cancel);
        var verdict = await _work.VerifyAsync(stored?.PasswordHash, password, cancel);
        if (verdict == PasswordVerdict.Wrong || stored is not { Account.DisabledAt: null })
        {
            return null;
        }

        if (verdict == PasswordVerdict.RightButOld)
        {
            await HashAnewAsync(stored, password, cancel);
        }

        return stored.Account;
    }

    private async Task HashAnewAsync(StoredAccount stored, string password, CancellationToken cancel)
    {
        try
        {
            var hash = await _work.HashAsync(password, cancel);
            await _store.ChangeAsync(stored.Account.Id, now => now.PasswordHash == stored.PasswordHash ? now with { PasswordHash = hash } : now, cancel);
        }
        catch (KinoraException)
        {
            // The old one is as right as before; the next sign-in tries again.
        }
    }

    private async Task<bool> ProvesAsync(StoredAccount stored, string current, string address, CancellationToken cancel) =>
        await TryAsync(UserNames.Key(stored.Account.Username)!, address, async () =>
            await _work.VerifyAsync(stored.PasswordHash, current, cancel) == PasswordVerdict.Wrong ? null : stored) is not null;

    /// <summary>One attempt of the throttle around a look at a password; null is a wrong one.</summary>
    private async Task<T?> TryAsync<T>(string key, string address, Func<Task<T?>> look)
        where T : class
    {
        var attempt = _throttle.Begin(key, address);
        try
        {
            var found = await look();
            if (found is not null)
            {
                attempt.Succeeded();
            }

            return found;
        }
        catch (KinoraException)
        {
            attempt.TakeBack();
            throw;
        }
    }

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.Fill(bytes);
        return "user_" + Convert.ToHexStringLower(bytes);
    }

    private static void RequireBoth(string? username, string? password)
    {
        if (string.IsNullOrWhiteSpace(username) || string.IsNullOrEmpty(password))
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, "Username and password required");
        }
    }

    private static void CheckRole(Role role)
    {
        if (!Enum.IsDefined(role))
        {
            throw Invalid("role", "There is no such role. There are user and admin.");
        }
    }

    private static void CheckBudget(string field, decimal? dollars)
    {
        if (dollars is < 0 or > LargestBudget)
        {
            throw Invalid(field, $"A budget is 0 to {LargestBudget:0} US dollars, or none for no limit.");
        }
    }

    private static KinoraException Invalid(string field, string text) => KinoraException.Invalid([new Fault(field, text)]);

    private static KinoraException Exists() => new(ErrorCodes.UserExists, "User already exists");

    private static KinoraException WrongCredentials() => new(ErrorCodes.InvalidCredentials, "Invalid credentials");

    private static KinoraException WrongCurrent() => new(ErrorCodes.InvalidCredentials, "Current password is incorrect");
}
