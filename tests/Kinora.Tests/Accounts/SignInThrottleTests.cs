using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class SignInThrottleTests
{
    private readonly TestClock _clock = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_clock);

    [Fact]
    public void AThousandGuessesAtOneAccount_From50Addresses_AreFiveThenOneInThreeMinutes()
    {
        Guesses(1000, n => ("ANN", $"10.0.0.{n % 50}")).ShouldBe(5);

        // Somebody sets the clock forward: that brings no attempt back.
        _clock.Jump(TimeSpan.FromDays(1));
        Guesses(50, n => ("ANN", $"10.0.1.{n}")).ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(180));
        Guesses(50, n => ("ANN", $"10.0.1.{n}")).ShouldBe(1);
        _clock.Advance(TimeSpan.FromDays(1));
        Guesses(50, n => ("ANN", $"10.0.1.{n}")).ShouldBe(5);
    }

    [Fact]
    public void AThousandAccounts_FromOneAddress_AreThirty()
    {
        Guesses(1000, n => ($"NAME{n}", "10.0.0.1")).ShouldBe(30);
        Guesses(1, _ => ("ANOTHER", "10.0.0.2")).ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Guesses(100, n => ($"NAME{n}", "10.0.0.1")).ShouldBe(1);
    }

    [Fact]
    public void Refusal_NamesTheSecondsUntilTheNext()
    {
        Guesses(10, _ => ("ANN", "10.0.0.1"));
        _clock.Advance(TimeSpan.FromSeconds(120.5));

        var refusal = Should.Throw<KinoraException>(() => _throttle.Begin("ANN", "10.0.0.2"));

        (refusal.Code, refusal.RetryAfterSeconds).ShouldBe((ErrorCodes.RateLimited, 60));
        refusal.Message.ShouldBe("Too many attempts to sign in. Try again in 60 s.");
        _clock.Advance(TimeSpan.FromSeconds(60));
        _throttle.Begin("ANN", "10.0.0.2");
    }

    [Fact]
    public void AFloodByOthers_DoesNotKeepAKnownAddressOut()
    {
        _throttle.Begin("ANN", "192.0.2.7").Succeeded();
        Guesses(1000, n => ("ANN", $"10.0.0.{n % 50}"));

        Refused("ANN", "192.0.2.8").ShouldBeTrue();
        for (var n = 0; n < 100; n++)
        {
            _throttle.Begin("ANN", "192.0.2.7").Succeeded();
        }
    }

    [Fact]
    public void AKnownAddress_HasItsOwnTen_ForThatAccountOnly()
    {
        _throttle.Begin("ANN", "192.0.2.7").Succeeded();

        Guesses(100, _ => ("ANN", "192.0.2.7")).ShouldBe(5);
        Guesses(100, n => ("ANN", $"10.0.0.{n}")).ShouldBe(5);
        Guesses(100, _ => ("BOB", "192.0.2.7")).ShouldBe(5);
        _clock.Advance(TimeSpan.FromSeconds(180));
        Guesses(100, _ => ("ANN", "192.0.2.7")).ShouldBe(1);
    }

    [Fact]
    public void TheSeventeenthKnownAddress_PushesTheOldestOut()
    {
        for (var n = 1; n <= 17; n++)
        {
            _throttle.Begin("ANN", $"192.0.2.{n}").Succeeded();
        }

        Guesses(100, n => ("ANN", $"10.0.0.{n}"));
        Refused("ANN", "192.0.2.1").ShouldBeTrue();
        Refused("ANN", "192.0.2.2").ShouldBeFalse();
    }

    [Fact]
    public void ASuccess_CostsNothing_AndSoDoesALookThatWasNone()
    {
        for (var n = 0; n < 100; n++)
        {
            _throttle.Begin("ANN", $"10.0.0.{n % 3}").Succeeded();
            _throttle.Begin("BOB", "10.0.0.1").TakeBack();
        }

        Guesses(100, n => ("BOB", $"10.0.1.{n}")).ShouldBe(5);
    }

    [Fact]
    public void AnIpv6Network_IsOneAddress()
    {
        Guesses(1000, n => ($"NAME{n}", $"2001:db8:1:2:{n:x}::1")).ShouldBe(30);
        Guesses(1000, n => ($"OTHER{n}", $"2001:db8:1:{n + 3:x}::1")).ShouldBe(1000);
        Guesses(1000, n => ($"MAPPED{n}", n % 2 == 0 ? "::ffff:10.0.0.1" : "10.0.0.1")).ShouldBe(30);
    }

    [Fact]
    public void ManyAtOnce_TakeNoMoreThanThereAre()
    {
        var taken = 0;
        Parallel.For(0, 400, n => Interlocked.Add(ref taken, Refused("ANN", $"10.0.0.{n % 200}") ? 0 : 1));

        taken.ShouldBe(5);
    }

    [Fact]
    public void Buckets_AreBounded_AndTheEmptyOnesStay()
    {
        var buckets = new TokenBuckets(2, TimeSpan.FromSeconds(10), 100, _clock);
        buckets.Take("target");
        buckets.Take("target");

        for (var n = 0; n < 1000; n++)
        {
            buckets.Take($"flood {n}");
            buckets.Count.ShouldBeLessThanOrEqualTo(100);
        }

        buckets.WaitFor("target").ShouldBe(TimeSpan.FromSeconds(10));
        buckets.WaitFor("flood 0").ShouldBe(TimeSpan.Zero);
    }

    /// <summary>How many of so many wrong guesses are let through.</summary>
    private int Guesses(int count, Func<int, (string Account, string Address)> guess) =>
        Enumerable.Range(0, count).Select(guess).Count(g => !Refused(g.Account, g.Address));

    private bool Refused(string account, string address)
    {
        try
        {
            _throttle.Begin(account, address);
            return false;
        }
        catch (KinoraException)
        {
            return true;
        }
    }
}
