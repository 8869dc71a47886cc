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
            _rules.NextLook(Traits, asked is { } s ? TimeSpan.FromSeconds(s) : null, TimeSpan.Zero).TotalSeconds.ShouldBeInRange(least, most);
        }
    }

    [Theory]
    [InlineData(0, 5, 5.5)]
    [InlineData(100, 5, 5.5)]
    [InlineData(180, 9, 9.9)]
    [InlineData(600, 30, 33)]
    [InlineData(7_200, 30, 33)]
    [InlineData(-60, 5, 5.5)]
    public void NextLook_NothingIsAsked_ComesATwentiethOfTheAgeLater_WithinBounds(double age, double least, double most)
    {
        for (var i = 0; i < 200; i++)
        {
            _rules.NextLook(Traits, null, TimeSpan.FromSeconds(age)).TotalSeconds.ShouldBeInRange(least, most);
        }
    }

    [Fact]
    public void NextLook_OldJob_ProvidersWordCountsBeforeItsAge() =>
        _rules.NextLook(Traits, TimeSpan.FromSeconds(8), TimeSpan.FromHours(1)).TotalSeconds.ShouldBeInRange(8, 8.8);

    [Fact]
    public void NextLook_ProviderSlowerThanTheLongestPause_KeepsItsPace() =>
        _rules.NextLook(Traits with { MinPoll = TimeSpan.FromSeconds(45) }, null, TimeSpan.FromHours(1)).TotalSeconds.ShouldBeInRange(45, 49.5);

    [Fact]
    public void NextLook_ProviderInThisProcess_IsNotLookedAtLaterForItsAge() =>
        _rules.NextLook(Traits with { MinPoll = TimeSpan.Zero }, null, TimeSpan.FromHours(1)).ShouldBe(TimeSpan.Zero);

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
