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

        var wait = After(pace, TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100), jobsASecond, left);
        for (var claim = 0; claim < 50; claim++)
        {
            wait.TotalMilliseconds.ShouldBe(milliseconds, tolerance: milliseconds / 20.0);
            wait = After(pace, wait, wait, jobsASecond, left);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        pace.AfterClaim(1, left: false);
        _clock.Advance(TimeSpan.FromSeconds(1));

        pace.AfterClaim(1, left: false).ShouldBe(TimeSpan.Zero);
    }

    /// <summary>Whatever pace it is at, it comes to the one at which a batch brings a hundred; a lull between two lumps changes little.</summary>
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
            wait = After(pace, TimeSpan.FromSeconds(3), wait, jobsASecond);
            wait.TotalMilliseconds.ShouldBe(milliseconds, tolerance: milliseconds / 20.0);
        }

        _clock.Advance(wait);
        pace.AfterClaim(3, left: false).TotalMilliseconds.ShouldBe(200, tolerance: 50);
    }

    /// <summary>Claims for that long whenever it wants to, of so many that become due in a second.</summary>
    /// <returns>What it waits for in the end.</returns>
    private TimeSpan After(ClaimPace pace, TimeSpan time, TimeSpan wait, int jobsASecond, bool left = false)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += wait)
        {
            _clock.Advance(wait);
            wait = pace.AfterClaim((int)Math.Round(jobsASecond * wait.TotalSeconds), left);
        }

        return wait;
    }
}
