using Kinora.Adapters.Providers.Signatures;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Signatures;

public sealed class KeptKeysTests : IDisposable
{
    private readonly HandClock _clock = new();
    private readonly KeptKeys _keys;
    private IReadOnlyList<byte[]> _published = [[1]];
    private int _asked;

    public KeptKeysTests() => _keys = new KeptKeys(
        _ =>
        {
            _asked++;
            return Task.FromResult(_published);
        },
        _clock);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Get_WithinADay_AsksOnce()
    {
        _asked.ShouldBe(0, "nobody needed them yet");

        await GetAsync();
        _clock.Now += TimeSpan.FromHours(23.9);
        await GetAsync();

        _asked.ShouldBe(1);
    }

    [Fact]
    public async Task Get_AfterADay_AsksAnewAndKeepsOldOnesWhenThereAreNone()
    {
        await GetAsync();
        _published = [[2]];
        _clock.Now += TimeSpan.FromHours(24);
        (await GetAsync()).ShouldBe([[2]]);

        _published = [];
        _clock.Now += TimeSpan.FromHours(24);
        (await GetAsync()).ShouldBe([[2]]);

        _asked.ShouldBe(3);
    }

    [Fact]
    public async Task Get_NothingToBeHad_AsksAgainAfterAMinuteOnly()
    {
        _published = [];
        await GetAsync();
        await GetAsync();
        _asked.ShouldBe(1);

        _published = [[3]];
        _clock.Now += TimeSpan.FromMinutes(1);

        (await GetAsync()).ShouldBe([[3]]);
    }

    private Task<IReadOnlyList<byte[]>> GetAsync() => _keys.GetAsync(TestContext.Current.CancellationToken);
}
