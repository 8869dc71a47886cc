using Kinora.Jobs;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

public sealed class RetryRulesTests
{
    private static readonly ProviderTraits Traits = new() { MinPoll = TimeSpan.FromSeconds(5) };

    private readonly RetryRules _rules = new(new Random(7));

    [Theory]
    [InlineData(null, 5, 5.5)]
    [InlineData(-3.0, 5, 5.5)]
    [InlineData(0.0, 5, 5.5)]
    [InlineData(2.0, 5, 5.5)]
    [InlineData(30.0, 30, 33)]
    [InlineData(900.0, 900, 990)]
    [InlineData(1e9, 900, 990)]
    public void NextLook_StaysWithinItsBounds(double? asked, double least, double most)
    {
        for (var i = 0; i < 200; i++)
        {
            _rules.NextLook(Traits, asked is { } s ? TimeSpan.FromSeconds(s) : null).TotalSeconds.ShouldBeInRange(least, most);
        }
    }

    [Theory]
    [InlineData(1, 7.5, 10)]
    [InlineData(2, 15, 20)]
    [InlineData(3, 30, 40)]
    [InlineData(7, 225, 300)]
    [InlineData(10_000, 225, 300)]
    [InlineData(int.MaxValue, 225, 300)]
    public void AfterFault_DoublesUpToALimit(int faults, double least, double most)
    {
        for (var i = 0; i < 200; i++)
        {
            _rules.AfterFault(Traits, faults, null).TotalSeconds.ShouldBeInRange(least, most);
        }
    }

    [Theory]
    [InlineData(1.0, 1, 1.1)]
    [InlineData(60.0, 60, 66)]
    [InlineData(86_400.0, 900, 990)]
    [InlineData(0.0, 7.5, 10)]
    [InlineData(-60.0, 7.5, 10)]
    public void AfterFault_ToldToWait_WaitsAsTold(double asked, double least, double most)
    {
        for (var i = 0; i < 200; i++)
        {
            _rules.AfterFault(Traits, 1, TimeSpan.FromSeconds(asked)).TotalSeconds.ShouldBeInRange(least, most);
        }
    }

    [Fact]
    public void AfterFault_ProviderWithoutAPace_StillPauses() =>
        _rules.AfterFault(Traits with { MinPoll = TimeSpan.Zero }, 1, null).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(500));
}
