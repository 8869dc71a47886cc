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
    [InlineData(20, false, 300)]
    [InlineData(280, false, 300)]
    [InlineData(500, false, 200)]
    [InlineData(1_000, false, 100)]
    [InlineData(9_000, false, 100)]
    [InlineData(20, true, 100)]
    public void ManyInASecond_AreBatched_UntilItIsQuietAgain(int jobsASecond, bool left, int milliseconds)
    {
        var pace = new ClaimPace(_clock);
        for (var claim = 0; claim < 11; claim++)
        {
            pace.AfterClaim(1, left: false);
        }

        var wait = TimeSpan.FromMilliseconds(milliseconds);
        for (var claim = 0; claim < 50; claim++)
        {
            _clock.Advance(wait);
            wait = pace.AfterClaim((int)Math.Round(jobsASecond * wait.TotalSeconds), left);
            wait.TotalMilliseconds.ShouldBe(milliseconds, tolerance: 1);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        pace.AfterClaim(1, left: false);
        _clock.Advance(TimeSpan.FromSeconds(1));

        pace.AfterClaim(1, left: false).ShouldBe(TimeSpan.Zero);
    }

    /// <summary>Whatever pace it is at, it comes to the one at which a batch brings a hundred.</summary>
    [Fact]
    public void ThePace_FollowsWhatIsDue()
    {
        var pace = new ClaimPace(_clock);
        for (var claim = 0; claim < 11; claim++)
        {
            pace.AfterClaim(1, left: false);
        }

        var wait = TimeSpan.FromMilliseconds(100);
        foreach (var (jobsASecond, milliseconds) in new[] { (1_000, 100), (400, 250), (2_000, 100), (500, 200) })
        {
            for (var claim = 0; claim < 5; claim++)
            {
                _clock.Advance(wait);
                wait = pace.AfterClaim((int)Math.Round(jobsASecond * wait.TotalSeconds), left: false);
            }

            wait.TotalMilliseconds.ShouldBe(milliseconds, tolerance: 1);
        }
    }
}
