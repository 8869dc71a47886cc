using Kinora.Adapters.Sql;
using Kinora.Nodes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>Machines that share a real server, each with connections of its own.</summary>
public sealed class PostgresNodesTests : IAsyncLifetime
{
    private readonly PostgresScratch _scratch = new();
    private PostgresDatabase _one = null!;
    private PostgresDatabase _two = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_one, _two) = (await _scratch.OpenAsync(), await _scratch.OpenAsync());
    }

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Fact]
    public async Task MachineAlone_HasItAll_AndOneThatJoins_WaitsUntilTheOthersKnow()
    {
        var first = new PostgresNodes(_one, "first");
        var second = new PostgresNodes(_two, "second");

        (await first.TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(0, 1, IsNew: false));
        (await second.TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(1, 2, IsNew: true));
        (await first.TakeSeatAsync(Cancel)).Count.ShouldBe(2);

        await AgeAsync("since", 6);
        (await second.TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(1, 2, IsNew: false));
    }

    [Fact]
    public async Task MachineThatIsSilent_CountsAsGone_AndIsNewWhenItComesBack()
    {
        var first = new PostgresNodes(_one, "first");
        var second = new PostgresNodes(_two, "second");
        await first.TakeSeatAsync(Cancel);
        await second.TakeSeatAsync(Cancel);
        await AgeAsync("since", 60);
        await AgeAsync("seen_at", 11);

        (await second.TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(0, 1, IsNew: false));
        (await first.TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(1, 2, IsNew: true));
    }

    [Fact]
    public async Task MachineThatRestartsAtOnce_FindsItsSeat()
    {
        var first = new PostgresNodes(_one, "first");
        await first.TakeSeatAsync(Cancel);
        await new PostgresNodes(_two, "second").TakeSeatAsync(Cancel);
        await AgeAsync("since", 60);

        (await new PostgresNodes(_two, "first").TakeSeatAsync(Cancel)).ShouldBe(new NodeSeat(0, 2, IsNew: false));
    }

    [Fact]
    public async Task CreatesOfOneUser_OnTwoMachinesAtOnce_AreOneBucket()
    {
        var user = new RateBucket("user:ann", 6);
        ICreateRates[] rates = [new PostgresCreateRates(_one), new PostgresCreateRates(_two)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => rates[n % 2].TakeAsync([user], Cancel)));

        // The bucket fills by one in ten seconds while the test runs.
        answers.Count(answer => answer is null).ShouldBeInRange(6, 8);
        var refused = answers.First(answer => answer is not null)!.Value;
        refused.Empty.ShouldBe(user);
        refused.Wait.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(10.1));
    }

    [Fact]
    public async Task EmptyBucket_TakesNothingFromTheOthers()
    {
        var rates = new PostgresCreateRates(_one);
        var (key, user) = (new RateBucket("key:small", 1), new RateBucket("user:ann", 5));
        (await rates.TakeAsync([key, user], Cancel)).ShouldBeNull();
        for (var n = 0; n < 10; n++)
        {
            (await rates.TakeAsync([key, user], Cancel))!.Value.Empty.ShouldBe(key);
        }

        for (var n = 0; n < 4; n++)
        {
            (await rates.TakeAsync([user], Cancel)).ShouldBeNull();
        }

        (await rates.TakeAsync([user], Cancel)).ShouldNotBeNull();
        (await rates.TakeAsync([new RateBucket("a key of ann's", 5), user], Cancel))!.Value.Empty.ShouldBe(user);
        (await rates.TakeAsync([new RateBucket("a key of ann's", 1)], Cancel)).ShouldBeNull();
    }

    private Task<object?> AgeAsync(string column, int seconds) => _scratch.ExecuteAsync($"UPDATE nodes SET {column} = {column} - interval '{seconds} seconds'");
}
