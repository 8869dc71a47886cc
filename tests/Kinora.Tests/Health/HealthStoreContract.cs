using Kinora.Health;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Health;

/// <summary>What every store of providers' health promises.</summary>
public abstract class HealthStoreContract : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, 250, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract ValueTask DisposeAsync();

    /// <summary>Another store on the same data, as in another process.</summary>
    protected abstract Task<IHealthStore> OpenAsync();

    [Fact]
    public async Task List_NothingEverFailed_IsEmpty() => (await (await OpenAsync()).ListAsync(Cancel)).ShouldBeEmpty();

    [Theory]
    [InlineData(BreakerState.Closed)]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    public async Task Change_EveryField_IsSeenByOthers(BreakerState state)
    {
        var health = new ProviderHealth("lab") { State = state, Faults = 7, Since = At, Until = At.AddSeconds(30), LastFault = "It was silent." };

        (await (await OpenAsync()).ChangeAsync("lab", _ => health, Cancel)).ShouldBe(health);

        (await (await OpenAsync()).ListAsync(Cancel)).ShouldBe([health]);
    }

    [Fact]
    public async Task Change_ToNothingSpecial_ForgetsTheOldValues()
    {
        var store = await OpenAsync();
        await store.ChangeAsync("lab", h => h with { State = BreakerState.Open, Faults = 5, Until = At, LastFault = "x" }, Cancel);

        await store.ChangeAsync("lab", h => new ProviderHealth(h.Provider) { Since = At }, Cancel);

        (await store.ListAsync(Cancel)).ShouldBe([new ProviderHealth("lab") { Since = At }]);
    }

    [Fact]
    public async Task Change_ThatChangesNothing_WritesNothing()
    {
        var store = await OpenAsync();

        (await store.ChangeAsync("lab", h => h, Cancel)).ShouldBe(new ProviderHealth("lab"));

        (await store.ListAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_FromManyThreadsAndTwoStores_LosesNone()
    {
        IHealthStore[] stores = [await OpenAsync(), await OpenAsync()];

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => stores[i % 2].ChangeAsync("lab", h => h with { Faults = h.Faults + 1 }, Cancel), Cancel)));

        (await stores[0].ListAsync(Cancel)).Single().Faults.ShouldBe(100);
    }
}
