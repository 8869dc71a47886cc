using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Accounts;

/// <summary>How the first account comes into being: there is no password that everybody knows, not even for a moment.</summary>
internal sealed class FirstAdmin(IAccountStore store, PasswordWork work, IRandomBytes random, TimeProvider time)
{
    private const string Name = "admin";
    private const string Variable = "KINORA_ADMIN_PASSWORD";

    public static readonly string NameKey = UserNames.Key(Name)!;

    /// <summary>See <see cref="AccountService.EnsureAdminAsync"/>.</summary>
    public async Task<string?> EnsureAsync(string? password, CancellationToken cancel)
    {
        var accounts = await store.ListAsync(cancel);
        if (accounts.Any(a => !a.PasswordChangeRequired))
        {
            return null;
        }

        if (string.IsNullOrEmpty(password))
        {
            var secret = SetupSecret.New(random);
            return await store.KeepSetupSecretAsync(SetupSecret.Hash(secret)!, cancel) ? secret : null;
        }

        if (PasswordRules.Fault(password, Name) is { } fault)
        {
            throw new KinoraException(ErrorCodes.ConfigurationInvalid, $"{Variable}: {fault}");
        }

        var hash = await work.HashAsync(password, cancel);
        if (!await store.AddAsync(new StoredAccount(Make() with { PasswordChangeRequired = false }, hash), onlyFirst: true, cancel))
        {
            // He came in by a secret and went no further; or another process was faster, whose password holds.
            await store.ChangeAsync(Account.FirstId, a => a.Account.PasswordChangeRequired ? a.WithPassword(hash) : a, cancel);
        }

        return null;
    }

    /// <summary>Whom a one-time secret lets in; null when it is none, or used up.</summary>
    public async Task<Account?> UseAsync(string nameKey, string secret, CancellationToken cancel) =>
        nameKey == NameKey && SetupSecret.Hash(secret) is { } hash ? await store.UseSetupSecretAsync(hash, Make(), cancel) : null;

    private Account Make() => new() { Id = Account.FirstId, Username = Name, Role = Role.Admin, CreatedAt = time.GetUtcNow(), PasswordChangeRequired = true };
}
