using System.Security.Cryptography;
using System.Text;
using Kinora.Accounts;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

/// <summary>What every <see cref="IAccountStore"/> promises, whichever database is below it.</summary>
public abstract class AccountStoreContract : IAsyncLifetime
{
    private readonly TestClock _clock = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IAccountStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more store, with connections of its own, on the same database.</summary>
    protected abstract Task<IAccountStore> OpenAsync();

    [Fact]
    public async Task Add_Account_IsFoundByIdAndNameAsItWas()
    {
        var ann = Stored("u1", "Änn \"1\"; --", Role.Admin);
        ann = ann with
        {
            Account = ann.Account with
            {
                DisabledAt = _clock.Now.AddDays(1),
                Generation = 7,
                PasswordChangeRequired = true,
                DailyBudgetUsd = 0.000001m,
                MonthlyBudgetUsd = 1_000_000.5m,
            },
        };

        (await Store.AddAsync(ann, onlyFirst: false, Cancel)).ShouldBeTrue();

        var other = await OpenAsync();
        (await other.FindAsync("u1", Cancel)).ShouldBe(ann);
        (await other.FindByNameAsync("ÄNN \"1\"; --", Cancel)).ShouldBe(ann);
        (await Store.FindAsync("u2", Cancel)).ShouldBeNull();
        (await Store.FindByNameAsync("ANN", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Add_TakenNameOrId_StoresNothing()
    {
        await Store.AddAsync(Stored("u1", "Ann"), onlyFirst: false, Cancel);

        (await Store.AddAsync(Stored("u2", "aNN"), onlyFirst: false, Cancel)).ShouldBeFalse();
        (await Store.AddAsync(Stored("u1", "bob"), onlyFirst: false, Cancel)).ShouldBeFalse();
        (await Store.AddAsync(Stored("u3", "cleo"), onlyFirst: true, Cancel)).ShouldBeFalse();

        (await Store.ListAsync(Cancel)).Select(a => a.Username).ShouldBe(["Ann"]);
    }

    [Fact]
    public async Task Add_OneNameManyTimes_FromTwoStores_OneWins()
    {
        var other = await OpenAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() =>
            (n % 2 == 0 ? Store : other).AddAsync(Stored($"u{n}", n % 3 == 0 ? "ann" : "ANN"), onlyFirst: false, Cancel))));

        added.Count(yes => yes).ShouldBe(1);
    }

    [Fact]
    public async Task Add_FirstManyTimes_FromTwoStores_OneWins()
    {
        var other = await OpenAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() =>
            (n % 2 == 0 ? Store : other).AddAsync(Stored($"u{n}", $"name{n}", Role.Admin), onlyFirst: true, Cancel))));

        added.Count(yes => yes).ShouldBe(1);
    }

    [Fact]
    public async Task List_IsOldestFirst_DisabledOnesToo()
    {
        await Store.AddAsync(Stored("u2", "zoe", Role.Admin), onlyFirst: false, Cancel);
        await Store.AddAsync(Stored("u1", "ann"), onlyFirst: false, Cancel);
        await Store.ChangeAsync("u1", a => a with { Account = a.Account with { DisabledAt = _clock.Now } }, Cancel);

        (await Store.ListAsync(Cancel)).Select(a => a.Id).ShouldBe(["u2", "u1"]);
    }

    [Fact]
    public async Task Change_WritesEveryField_ButIdNameAndCreation()
    {
        await Store.AddAsync(Stored("u0", "root", Role.Admin), onlyFirst: false, Cancel);
        var before = Stored("u1", "ann", Role.Admin);
        await Store.AddAsync(before, onlyFirst: false, Cancel);

        var changed = await Store.ChangeAsync("u1", a => new StoredAccount(
            a.Account with { Role = Role.User, DisabledAt = _clock.Now, Generation = 3, PasswordChangeRequired = true, DailyBudgetUsd = 5, MonthlyBudgetUsd = 0 }, "h2"), Cancel);

        changed.LastAdmin.ShouldBeFalse();
        var after = (await (await OpenAsync()).FindAsync("u1", Cancel))!;
        after.ShouldBe(changed.Account);
        after.PasswordHash.ShouldBe("h2");
        after.Account.ShouldBe(before.Account with { Role = Role.User, DisabledAt = _clock.Now, Generation = 3, PasswordChangeRequired = true, DailyBudgetUsd = 5, MonthlyBudgetUsd = 0 });
        (await Store.ChangeAsync("u9", a => a, Cancel)).Account.ShouldBeNull();
    }

    [Fact]
    public async Task Change_ManyAtOnce_FromTwoStores_LosesNone()
    {
        var other = await OpenAsync();
        await Store.AddAsync(Stored("u1", "ann"), onlyFirst: false, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other)
            .ChangeAsync("u1", a => a with { Account = a.Account with { Generation = a.Account.Generation + 1 } }, Cancel))));

        (await Store.FindAsync("u1", Cancel))!.Account.Generation.ShouldBe(40);
    }

    [Fact]
    public async Task Change_OfTwoAdminsAtOnce_LeavesOne()
    {
        var other = await OpenAsync();
        await Store.AddAsync(Stored("u1", "ann", Role.Admin), onlyFirst: false, Cancel);
        await Store.AddAsync(Stored("u2", "bob", Role.Admin), onlyFirst: false, Cancel);
        await Store.AddAsync(Stored("u3", "cleo"), onlyFirst: false, Cancel);

        var writes = await Task.WhenAll(
            Task.Run(() => Store.ChangeAsync("u1", a => a with { Account = a.Account with { DisabledAt = _clock.Now } }, Cancel)),
            Task.Run(() => other.ChangeAsync("u2", a => a with { Account = a.Account with { Role = Role.User } }, Cancel)));

        writes.Count(w => w.LastAdmin).ShouldBe(1);
        (await Store.ListAsync(Cancel)).Count(a => a is { Role: Role.Admin, DisabledAt: null }).ShouldBe(1);
    }

    [Fact]
    public async Task SetupSecret_MakesTheFirstAccount_Once()
    {
        (await Store.KeepSetupSecretAsync(Hash("old"), Cancel)).ShouldBeTrue();
        (await Store.KeepSetupSecretAsync(Hash("new"), Cancel)).ShouldBeTrue();
        var first = First("local");

        (await Store.UseSetupSecretAsync(Hash("old"), first, Cancel)).ShouldBeNull();
        (await Store.UseSetupSecretAsync(Hash("new"), first, Cancel)).ShouldBe(first);
        (await Store.UseSetupSecretAsync(Hash("new"), first, Cancel)).ShouldBeNull();

        (await Store.FindAsync("local", Cancel)).ShouldBe(new StoredAccount(first, null));
    }

    [Fact]
    public async Task SetupSecret_ManyAtOnce_FromTwoStores_OneGetsIt()
    {
        var other = await OpenAsync();
        await Store.KeepSetupSecretAsync(Hash("secret"), Cancel);

        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() =>
            (n % 2 == 0 ? Store : other).UseSetupSecretAsync(Hash("secret"), First("local"), Cancel))));

        used.Count(a => a is not null).ShouldBe(1);
        (await Store.ListAsync(Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SetupSecret_LetsTheOneWithoutPasswordInAgain()
    {
        await Store.KeepSetupSecretAsync(Hash("1"), Cancel);
        var first = await Store.UseSetupSecretAsync(Hash("1"), First("local"), Cancel);

        (await Store.KeepSetupSecretAsync(Hash("2"), Cancel)).ShouldBeTrue();

        (await Store.UseSetupSecretAsync(Hash("2"), First("another"), Cancel)).ShouldBe(first);
        (await Store.ListAsync(Cancel)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetupSecret_EndsWhenAnybodyHasAPassword(bool added)
    {
        await Store.KeepSetupSecretAsync(Hash("1"), Cancel);
        if (added)
        {
            await Store.AddAsync(Stored("local", "boss", Role.Admin), onlyFirst: true, Cancel);
        }
        else
        {
            await Store.UseSetupSecretAsync(Hash("1"), First("local"), Cancel);
            await Store.KeepSetupSecretAsync(Hash("1"), Cancel);
            await Store.ChangeAsync("local", a => a with { PasswordHash = "h" }, Cancel);
        }

        (await Store.UseSetupSecretAsync(Hash("1"), First("another"), Cancel)).ShouldBeNull();
        (await Store.KeepSetupSecretAsync(Hash("2"), Cancel)).ShouldBeFalse();
        (await Store.UseSetupSecretAsync(Hash("2"), First("another"), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Revoked_AreListedFromWhereOneWas_UntilTheyAreSwept()
    {
        var other = await OpenAsync();
        var now = _clock.Now;
        await Store.RevokeTokenAsync("a", now.AddDays(1), now, Cancel);
        await other.RevokeTokenAsync("b", now.AddDays(2), now, Cancel);
        await Store.RevokeTokenAsync("a", now.AddDays(3), now, Cancel);

        var all = await Store.ListRevokedAsync(0, Cancel);
        all.Select(t => (t.Id, t.ExpiresAt)).ShouldBe([("a", now.AddDays(1)), ("b", now.AddDays(2))]);
        (await Store.ListRevokedAsync(all[0].Number, Cancel)).ShouldBe([all[1]]);
        (await Store.ListRevokedAsync(all[1].Number, Cancel)).ShouldBeEmpty();

        await other.RevokeTokenAsync("c", now.AddDays(3), now.AddDays(2), Cancel);

        var left = await Store.ListRevokedAsync(0, Cancel);
        left.Select(t => t.Id).ShouldBe(["b", "c"]);
        left[^1].Number.ShouldBeGreaterThan(all[1].Number);
    }

    private StoredAccount Stored(string id, string name, Role role = Role.User) =>
        new(new Account { Id = id, Username = name, Role = role, CreatedAt = _clock.Now }, "hash of " + name);

    private Account First(string id) => new() { Id = id, Username = "admin", Role = Role.Admin, CreatedAt = _clock.Now, PasswordChangeRequired = true };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
