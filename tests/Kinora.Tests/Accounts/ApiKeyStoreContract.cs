using System.Security.Cryptography;
using Kinora.Accounts;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

/// <summary>What every <see cref="IApiKeyStore"/> promises, whichever database is below it.</summary>
public abstract class ApiKeyStoreContract : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private int _made;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IApiKeyStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more store, with connections of its own, on the same database.</summary>
    protected abstract Task<IApiKeyStore> OpenAsync();

    [Fact]
    public async Task Create_Key_IsFoundByItsHashAsItWas()
    {
        var key = Key("ann") with { Name = "laptop \"1\"; --", Scopes = KeyScopes.Read | KeyScopes.Admin, Limits = new KeyLimits(7, 0.25m, 12) };

        (await Store.CreateAsync(key, Hash("one"), 100, Cancel)).ShouldBeTrue();

        var found = (await (await OpenAsync()).FindAsync(Hash("one"), Cancel))!;
        found.Key.ShouldBe(key);
        found.Hash.ToArray().ShouldBe(Hash("one"));
        (await Store.FindAsync(Hash("two"), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Create_OverTheLimit_StoresNothing_AndRevokedOnesDoNotCount()
    {
        var first = Key("ann");
        await Store.CreateAsync(first, Hash("1"), 2, Cancel);
        await Store.CreateAsync(Key("ann"), Hash("2"), 2, Cancel);

        (await Store.CreateAsync(Key("ann"), Hash("3"), 2, Cancel)).ShouldBeFalse();
        (await Store.CreateAsync(Key("bob"), Hash("4"), 2, Cancel)).ShouldBeTrue();

        (await Store.FindAsync(Hash("3"), Cancel)).ShouldBeNull();
        await Store.RevokeAsync(first.Id, "ann", _clock.Now, Cancel);
        (await Store.CreateAsync(Key("ann"), Hash("5"), 2, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Create_ManyAtOnce_FromTwoStores_KeepsTheLimit()
    {
        var other = await OpenAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() =>
            (n % 2 == 0 ? Store : other).CreateAsync(Key("ann"), Hash($"{n}"), 7, Cancel))));

        made.Count(yes => yes).ShouldBe(7);
        (await Store.ListAsync("ann", Cancel)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task List_IsOldestFirst_OfOneUserOrOfAll_RevokedOnesToo()
    {
        ApiKey[] keys = [Key("ann"), Key("bob"), Key("ann")];
        foreach (var key in keys)
        {
            await Store.CreateAsync(key, Hash(key.Id), 100, Cancel);
        }

        await Store.RevokeAsync(keys[0].Id, "ann", _clock.Now, Cancel);

        (await Store.ListAsync("ann", Cancel)).Select(k => k.Id).ShouldBe([keys[0].Id, keys[2].Id]);
        (await Store.ListAsync(null, Cancel)).Select(k => k.Id).ShouldBe(keys.Select(k => k.Id));
        (await Store.ListAsync("ann", Cancel))[0].RevokedAt.ShouldBe(_clock.Now);
        (await Store.ListAsync("nobody", Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Revoke_EndsAKeyOnceForEver_AndOnlyItsOwners()
    {
        var key = Key("ann");
        await Store.CreateAsync(key, Hash("one"), 100, Cancel);
        var first = _clock.Now;

        (await Store.RevokeAsync(key.Id, "bob", first, Cancel)).ShouldBeFalse();
        (await Store.FindAsync(Hash("one"), Cancel)).ShouldNotBeNull();
        (await Store.RevokeAsync("key_nothing", null, first, Cancel)).ShouldBeFalse();
        (await Store.RevokeAsync(key.Id, "ann", first, Cancel)).ShouldBeTrue();
        (await Store.RevokeAsync(key.Id, null, first.AddDays(1), Cancel)).ShouldBeTrue();

        (await Store.FindAsync(Hash("one"), Cancel)).ShouldBeNull();
        (await Store.ListAsync("ann", Cancel)).ShouldHaveSingleItem().RevokedAt.ShouldBe(first);
    }

    [Fact]
    public async Task Touch_KeepsTheLatestUse()
    {
        var key = Key("ann");
        await Store.CreateAsync(key, Hash("one"), 100, Cancel);

        await Store.TouchAsync(key.Id, _clock.Now, Cancel);
        await Store.TouchAsync(key.Id, _clock.Now.AddMinutes(-5), Cancel);
        await Store.TouchAsync("key_nothing", _clock.Now, Cancel);

        (await Store.FindAsync(Hash("one"), Cancel))!.Key.LastUsedAt.ShouldBe(_clock.Now);
    }

    private ApiKey Key(string user) => new()
    {
        Id = $"key_{Interlocked.Increment(ref _made)}",
        UserId = user,
        Name = "test",
        Scopes = KeyScopes.Read,
        CreatedAt = _clock.Now,
    };

    private static byte[] Hash(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}
