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
                pace.AfterClaim().ShouldBe(TimeSpan.Zero);
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void ManyInASecond_AreBatched_UntilItIsQuietAgain()
    {
        var pace = new ClaimPace(_clock);
        for (var claim = 0; claim < 10; claim++)
        {
            pace.AfterClaim().ShouldBe(TimeSpan.Zero);
        }

        for (var claim = 0; claim < 50; claim++)
        {
            var wait = pace.AfterClaim();
            wait.ShouldBe(TimeSpan.FromMilliseconds(100));
            _clock.Advance(wait);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        pace.AfterClaim();
        _clock.Advance(TimeSpan.FromSeconds(1));

        pace.AfterClaim().ShouldBe(TimeSpan.Zero);
    }
}
