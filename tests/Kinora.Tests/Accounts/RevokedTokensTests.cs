using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class RevokedTokensTests : IDisposable
{
    private readonly MemoryAccounts _store = new();
    private readonly TestClock _clock = new();
    private readonly RevokedTokens _tokens;

    public RevokedTokensTests() => _tokens = new RevokedTokens(_store, _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _tokens.Dispose();

    [Fact]
    public async Task Revoked_CountsAtOnceHere_WithinSecondsElsewhere_AndAfterARestart()
    {
        using var elsewhere = new RevokedTokens(_store, _clock);
        (await elsewhere.ContainsAsync("a", Cancel)).ShouldBeFalse();

        await _tokens.AddAsync("a", _clock.Now.AddDays(7), Cancel);

        (await _tokens.ContainsAsync("a", Cancel)).ShouldBeTrue();
        (await _tokens.ContainsAsync("b", Cancel)).ShouldBeFalse();
        _clock.Jump(TimeSpan.FromDays(-1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await elsewhere.ContainsAsync("a", Cancel)).ShouldBeTrue();
        using var restarted = new RevokedTokens(_store, _clock);
        (await restarted.ContainsAsync("a", Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Contains_AsksTheStoreEveryTwoSeconds_AtMost()
    {
        for (var n = 0; n < 1000; n++)
        {
            await _tokens.ContainsAsync($"token {n}", Cancel);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        _store.TokenLooks.ShouldBe(5);
    }

    [Fact]
    public async Task Contains_ManyAtOnce_AskOnce()
    {
        await _tokens.AddAsync("a", _clock.Now.AddDays(7), Cancel);

        (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _tokens.ContainsAsync("a", Cancel).AsTask())))).ShouldAllBe(yes => yes);

        _store.TokenLooks.ShouldBe(1);
    }

    [Fact]
    public async Task Expired_AreForgotten_HereAndInTheStore_ADayLater()
    {
        await _tokens.AddAsync("old", _clock.Now.AddDays(1), Cancel);
        _clock.Advance(TimeSpan.FromDays(1.9));
        (await _tokens.ContainsAsync("old", Cancel)).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromDays(0.2));
        await _tokens.AddAsync("new", _clock.Now.AddDays(7), Cancel);
        (await _tokens.ContainsAsync("new", Cancel)).ShouldBeTrue();

        _tokens.Count.ShouldBe(1);
        (await _store.ListRevokedAsync(0, Cancel)).Select(t => t.Id).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Contains_WhenTheStoreCannotBeAsked_SaysSo_AndAsksAgain()
    {
        await _tokens.AddAsync("a", _clock.Now.AddDays(7), Cancel);
        _store.Fault = new KinoraException(ErrorCodes.DatabaseBusy, "busy");
        (await Should.ThrowAsync<KinoraException>(async () => await _tokens.ContainsAsync("b", Cancel))).Code.ShouldBe(ErrorCodes.DatabaseBusy);

        _store.Fault = null;
        (await _tokens.ContainsAsync("b", Cancel)).ShouldBeFalse();
    }
}
