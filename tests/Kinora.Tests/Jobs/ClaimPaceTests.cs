using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Few claims are made at once, many in batches, and who has been quiet is quick again.</summary>
public sealed class ClaimPaceTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void FewInASecond_NeverWait()
    {
        var pace = new ClaimPace(_clock);
        for (var second = 0; second < 5; second++)
        {
            for (var claim = 0; claim < 7; claim++)
            {
                pace.AfterClaim(1, left: false).ShouldBe(TimeSpan.Zero);
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(1, false, 200)]
    [InlineData(1, true, 100)]
    [InlineData(100, false, 100)]
    public void ManyInASecond_AreBatched_UntilItIsQuietAgain(int jobs, bool left, int milliseconds)
    {
        var pace = new ClaimPace(_clock);
        for (var claim = 0; claim < 10; claim++)
        {
            pace.AfterClaim(1, left: false).ShouldBe(TimeSpan.Zero);
        }

        for (var claim = 0; claim < 50; claim++)
        {
            var wait = pace.AfterClaim(jobs, left);
            wait.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
            _clock.Advance(wait);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        pace.AfterClaim(1, left: false);
        _clock.Advance(TimeSpan.FromSeconds(1));

        pace.AfterClaim(1, left: false).ShouldBe(TimeSpan.Zero);
    }
}
