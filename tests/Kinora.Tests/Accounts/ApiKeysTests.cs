using System.Security.Cryptography;
using System.Text;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class ApiKeysTests
{
    private readonly MemoryStore _store = new();
    private readonly MemoryAccounts _accounts = new();
    private readonly TestClock _clock = new();
    private readonly ApiKeys _keys;

    public ApiKeysTests() => _keys = Service();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_GivesASecretOf256Bits_AndStoresOnlyItsHash()
    {
        var made = await _keys.CreateAsync("ann", " laptop ", KeyScopes.Read | KeyScopes.Create, KeyLimits.None, Cancel);

        made.Secret.ShouldMatch("^kin_[A-Za-z0-9_-]{43}$");
        made.Key.Id.ShouldMatch("^key_[0-9a-f]{32}$");
        (made.Key.UserId, made.Key.Name, made.Key.CreatedAt).ShouldBe(("ann", "laptop", _clock.Now));
        var stored = _store.Rows.ShouldHaveSingleItem();
        stored.Hash.ToArray().ShouldBe(SHA256.HashData(Encoding.ASCII.GetBytes(made.Secret)));
        stored.Key.ToString().ShouldNotContain(made.Secret[4..]);
    }

    [Fact]
    public async Task Create_AThousandTimes_RepeatsNothing()
    {
        var made = new List<NewApiKey>();
        for (var n = 0; n < 1000; n++)
        {
            made.Add(await _keys.CreateAsync($"user {n}", "x", KeyScopes.Read, KeyLimits.None, Cancel));
        }

        made.Select(m => m.Secret).Distinct().Count().ShouldBe(1000);
        made.Select(m => m.Key.Id).Distinct().Count().ShouldBe(1000);
    }

    [Theory]
    [InlineData("ann", "", KeyScopes.Read, "name")]
    [InlineData("ann", "  ", KeyScopes.Read, "name")]
    [InlineData("ann", "a\u001b[31m", KeyScopes.Read, "name")]
    [InlineData("ann", "x", KeyScopes.None, "scopes")]
    [InlineData("ann", "x", (KeyScopes)64, "scopes")]
    [InlineData("", "x", KeyScopes.Read, "user")]
    public async Task Create_WrongInput_IsRefused(string user, string name, KeyScopes scopes, string field)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => _keys.CreateAsync(user, name, scopes, KeyLimits.None, Cancel));

        (refusal.Code, refusal.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, field));
        _store.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_TheHundredAndFirst_IsRefused()
    {
        for (var n = 0; n < 100; n++)
        {
            await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);
        }

        (await Should.ThrowAsync<KinoraException>(() => _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel))).Code.ShouldBe(ErrorCodes.LimitReached);
        await _keys.CreateAsync("bob", "x", KeyScopes.Read, KeyLimits.None, Cancel);
    }

    [Fact]
    public async Task Verify_GoodKey_TellsWhoAndWhatHeMay_WithOneLook()
    {
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read | KeyScopes.Create, KeyLimits.None, Cancel);

        for (var n = 0; n < 1000; n++)
        {
            var access = (await _keys.VerifyAsync(made.Secret, Cancel))!;
            access.ShouldBe(new Access(new Caller("ann"), KeyScopes.Read | KeyScopes.Create));
            access.Allows(KeyScopes.Read).ShouldBeTrue();
            access.Allows(KeyScopes.Read | KeyScopes.Admin).ShouldBeFalse();
        }

        _store.Looks.ShouldBe(1);
        _store.Rows[0].Key.LastUsedAt.ShouldBe(_clock.Now);
    }

    [Fact]
    public async Task Verify_KeyWithLimits_TellsThem()
    {
        var limits = new KeyLimits(CreatesPerMinute: 3, DailyUsd: 1.5m, MonthlyUsd: null);
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Create, limits, Cancel);

        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldBe(new Access(new Caller("ann") { Key = new LimitedKey(made.Key.Id, limits) }, KeyScopes.Create));
    }

    [Fact]
    public async Task Create_WrongLimits_AreAllTold()
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => _keys.CreateAsync("ann", "x", KeyScopes.Create, new KeyLimits(0, -1, 1_000_000_001), Cancel));

        refusal.Faults.Select(f => f.Field).ShouldBe(["creates_per_minute", "daily_budget_usd", "monthly_budget_usd"]);
        _store.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kin_")]
    [InlineData("kin_short")]
    [InlineData("KIN_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sk-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("kin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("kin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e9")]
    [InlineData("kin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(" kin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Verify_WhatCanBeNoKey_IsNotLookedUp(string? text)
    {
        (await _keys.VerifyAsync(text, Cancel)).ShouldBeNull();
        _store.Looks.ShouldBe(0);
    }

    [Fact]
    public async Task Verify_AKeyOfAnother_IsNone()
    {
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);
        var other = made.Secret[..^1] + (made.Secret[^1] == 'A' ? 'E' : 'A');

        (await _keys.VerifyAsync(other, Cancel)).ShouldBeNull();
        (await _keys.VerifyAsync("kin_" + new string('A', 43), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Revoke_WorksAtOnceHere_AndWithin5SecondsElsewhere()
    {
        var elsewhere = Service();
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();
        (await elsewhere.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();

        await _keys.RevokeAsync(made.Key.Id, "ann", Cancel);

        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldBeNull();
        // Somebody sets the clock back: that must not keep it alive.
        _clock.Jump(TimeSpan.FromDays(-1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await elsewhere.VerifyAsync(made.Secret, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Revoke_UnknownOrAnothers_ReadsTheSame()
    {
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);

        var anothers = await Should.ThrowAsync<KinoraException>(() => _keys.RevokeAsync(made.Key.Id, "bob", Cancel));
        var unknown = await Should.ThrowAsync<KinoraException>(() => _keys.RevokeAsync("key_0", "bob", Cancel));

        (anothers.Code, anothers.Message).ShouldBe((unknown.Code, unknown.Message));
        anothers.Code.ShouldBe(ErrorCodes.NotFound);
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_NotesTheUse_OnceAMinute_AndTurnsNobodyAwayWhenItCannot()
    {
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);
        for (var n = 0; n < 24; n++)
        {
            await _keys.VerifyAsync(made.Secret, Cancel);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        (_store.Looks, _store.Touches).ShouldBe((24, 2));
        _store.TouchFault = new KinoraException(ErrorCodes.StorageFull, "full");
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_AKeyOfADisabledAccount_IsNone_Within5Seconds()
    {
        await AddAsync("local", Role.Admin);
        await AddAsync("ann", Role.User);
        var made = await _keys.CreateAsync("ann", "x", KeyScopes.Read, KeyLimits.None, Cancel);
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();

        await _accounts.ChangeAsync("ann", a => a with { Account = a.Account with { DisabledAt = _clock.Now } }, Cancel);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldBeNull();

        await _accounts.ChangeAsync("ann", a => a with { Account = a.Account with { DisabledAt = null } }, Cancel);
        (await _keys.VerifyAsync(made.Secret, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Verify_AdminCountsOnlyWhileItsOwnerIsOne()
    {
        var all = KeyScopes.Read | KeyScopes.Create | KeyScopes.Admin;
        await AddAsync("boss", Role.Admin);
        await AddAsync("ann", Role.Admin);
        var keys = new Dictionary<string, string>();
        foreach (var user in new[] { "ann", "local", "made by the operator" })
        {
            keys[user] = (await _keys.CreateAsync(user, "x", all, KeyLimits.None, Cancel)).Secret;
            (await _keys.VerifyAsync(keys[user], Cancel))!.Scopes.ShouldBe(all);
        }

        await _accounts.ChangeAsync("ann", a => a with { Account = a.Account with { Role = Role.User } }, Cancel);
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await _keys.VerifyAsync(keys["ann"], Cancel))!.Scopes.ShouldBe(KeyScopes.Read | KeyScopes.Create);
        (await _keys.VerifyAsync(keys["local"], Cancel))!.Scopes.ShouldBe(all);
        (await _keys.VerifyAsync(keys["made by the operator"], Cancel))!.Scopes.ShouldBe(all);
    }

    [Theory]
    [InlineData("read", KeyScopes.Read)]
    [InlineData("Read, CREATE", KeyScopes.Read | KeyScopes.Create)]
    [InlineData("admin read create read", KeyScopes.Read | KeyScopes.Create | KeyScopes.Admin)]
    public void Scopes_AreReadAndWritten(string text, KeyScopes scopes)
    {
        KeyScopeWords.Parse(text).ShouldBe(scopes);
        KeyScopeWords.Parse(string.Join(',', scopes.Words())).ShouldBe(scopes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("read,write")]
    [InlineData("none")]
    [InlineData("1")]
    public void Scopes_ThatAreNone_AreRefusedWithTheOnesThereAre(string text) =>
        Should.Throw<KinoraException>(() => KeyScopeWords.Parse(text)).Message.ShouldEndWith("There are read, create, admin.");

    private Task<bool> AddAsync(string id, Role role) =>
        _accounts.AddAsync(new StoredAccount(new Account { Id = id, Username = "name of " + id, Role = role, CreatedAt = _clock.Now }, "hash"), onlyFirst: false, Cancel);

    private ApiKeys Service() => new(_store, _accounts, new SystemRandomBytes(), _clock);

    private sealed class MemoryStore : IApiKeyStore
    {
        public List<StoredApiKey> Rows { get; } = [];

        public int Looks { get; private set; }

        public int Touches { get; private set; }

        public KinoraException? TouchFault { get; set; }

        public Task<bool> CreateAsync(ApiKey key, ReadOnlyMemory<byte> hash, int most, CancellationToken cancel)
        {
            var room = Rows.Count(r => r.Key.UserId == key.UserId && r.Key.RevokedAt is null) < most;
            if (room)
            {
                Rows.Add(new StoredApiKey(key, hash));
            }

            return Task.FromResult(room);
        }

        public Task<StoredApiKey?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancel)
        {
            Looks++;
            return Task.FromResult(Rows.Find(r => r.Key.RevokedAt is null && r.Hash.Span.SequenceEqual(hash.Span)));
        }

        public Task<IReadOnlyList<ApiKey>> ListAsync(string? userId, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<ApiKey>>([.. Rows.Select(r => r.Key).Where(k => userId is null || k.UserId == userId)]);

        public Task<bool> RevokeAsync(string id, string? userId, DateTimeOffset at, CancellationToken cancel) =>
            Task.FromResult(Change(id, key => userId is null || key.UserId == userId ? key with { RevokedAt = key.RevokedAt ?? at } : null));

        public Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancel)
        {
            Touches++;
            return TouchFault is null ? Task.FromResult(Change(id, key => key with { LastUsedAt = at })) : Task.FromException(TouchFault);
        }

        private bool Change(string id, Func<ApiKey, ApiKey?> change)
        {
            var at = Rows.FindIndex(r => r.Key.Id == id);
            if (at < 0 || change(Rows[at].Key) is not { } changed)
            {
                return false;
            }

            Rows[at] = Rows[at] with { Key = changed };
            return true;
        }
    }
}
