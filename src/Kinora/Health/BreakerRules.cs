using Kinora.Jobs;

namespace Kinora.Health;

/// <summary>How a breaker moves: pure functions from one state to the next. They give back what they got when nothing changes.</summary>
public sealed class BreakerRules(JobOptions options, Random random)
{
    /// <summary>The longest pause between two probes.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private const int MostDoublings = 12;

    /// <summary>A sign that the provider does not answer.</summary>
    /// <param name="probe">It came from the job that was let through to try.</param>
    public ProviderHealth AfterFault(ProviderHealth before, string fault, bool probe, DateTimeOffset now)
    {
        if (before.State != BreakerState.Closed && !(probe && before.State == BreakerState.HalfOpen))
        {
            // A call that was under way when it opened tells nothing new.
            return before;
        }

        var after = before with { Faults = before.Faults + 1, LastFault = fault };
        return before.State == BreakerState.HalfOpen || after.Faults >= options.BreakerFaults
            ? after with { State = BreakerState.Open, Since = now, Until = Whole(now + Pause(after.Faults)) }
            : after;
    }

    /// <summary>An answer of any kind closes it, also one that was under way when it opened.</summary>
    public static ProviderHealth AfterAnswer(ProviderHealth before, DateTimeOffset now) =>
        before is { State: BreakerState.Closed, Faults: 0 } ? before : new ProviderHealth(before.Provider) { Since = now };

    /// <summary>Lets one job through when the pause is over, or when the last probe never came back.</summary>
    /// <param name="lease">How long that job has to bring an answer.</param>
    public static ProviderHealth Probe(ProviderHealth before, TimeSpan lease, DateTimeOffset now) =>
        before.State == BreakerState.Closed || before.IsShut(now) ? before : before with { State = BreakerState.HalfOpen, Since = now, Until = now + lease };

    /// <summary>The probe ended without having asked the provider: the next job may try at once.</summary>
    public static ProviderHealth Release(ProviderHealth before, DateTimeOffset now) =>
        before.State == BreakerState.HalfOpen ? before with { Until = now } : before;

    /// <summary>In milliseconds, as stores keep times: a job put off until then must not come a moment too early.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>Doubles with every failed probe; three quarters to the whole of it, so that several data folders do not probe in step.</summary>
    private TimeSpan Pause(int faults)
    {
        var doubled = TimeSpan.FromSeconds(options.BreakerSeconds) * Math.Pow(2, Math.Clamp(faults - options.BreakerFaults, 0, MostDoublings));
        return (doubled < LongestPause ? doubled : LongestPause) * (0.75 + (0.25 * random.NextDouble()));
    }
}
