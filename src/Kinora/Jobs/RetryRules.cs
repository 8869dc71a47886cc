using Kinora.Providers;

namespace Kinora.Jobs;

/// <summary>When to look, try or give up. All pauses carry a little chance, so that jobs made together do not come back together.</summary>
public sealed class RetryRules(Random random)
{
    /// <summary>The longest pause a provider can ask for.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(15);

    /// <summary>The longest pause between two looks while a provider does not answer.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause between two looks at a job that takes long, where the provider asks for nothing else.</summary>
    public static readonly TimeSpan LongestUsualPause = TimeSpan.FromSeconds(30);

    /// <summary>What a look may come late, as a part of the time that its job has taken already.</summary>
    public const double LatePart = 0.05;

    /// <summary>How often a create that was surely not sent is sent again.</summary>
    public const int SubmitTries = 4;

    /// <summary>How long a job waits, without having been sent, for a key that its provider accepts: over a long weekend.</summary>
    public static readonly TimeSpan KeyPatience = TimeSpan.FromDays(4);

    /// <summary>How long a young job may be unknown to its provider without that counting.</summary>
    public static readonly TimeSpan MissingGrace = TimeSpan.FromSeconds(60);

    /// <summary>A job is lost when this many looks …</summary>
    public const int MissingLooks = 10;

    /// <summary>… over at least this long found nothing.</summary>
    public static readonly TimeSpan MissingSpan = TimeSpan.FromMinutes(30);

    /// <summary>How often a dead link is refreshed by a new look.</summary>
    public const int LinkRefreshes = 3;

    /// <summary>How often a result that is no valid media file is fetched again.</summary>
    public const int InvalidResultTries = 3;

    /// <summary>How often a new clip is tried to be joined behind its video before it is kept alone.</summary>
    public const int JoinTries = 3;

    /// <summary>
    /// From this claim on since the last that came to something a job is a suspect: its process may have died of it, or of another job, or by somebody's hand. A
    /// process holds one suspect at a time, so that the next death speaks against that one alone. Stores have this number in their tables.
    /// </summary>
    public const int SuspectClaim = 3;

    /// <summary>How often a claim may die without a word before the job is set aside: twice among others, then three times as the only suspect.</summary>
    public const int DeadClaims = SuspectClaim + 2;

    /// <summary>
    /// The pause to the next look at a running job; plus up to 10 %, never under the provider's minimum. What the provider asks counts; else it grows with the job's
    /// age: who has waited three minutes does not notice nine seconds, and the looks that this spares would have brought nothing.
    /// </summary>
    /// <param name="age">Since the job was handed over.</param>
    public TimeSpan NextLook(ProviderTraits traits, TimeSpan? asked, TimeSpan age)
    {
        // A provider without a pace of its own works in this process: nobody is spared by looking later.
        var wanted = asked is { } hint ? Min(hint, LongestRetryAfter)
            : traits.MinPoll > TimeSpan.Zero ? Min(age * LatePart, LongestUsualPause)
            : TimeSpan.Zero;
        return Max(wanted, traits.MinPoll) * (1 + (0.1 * random.NextDouble()));
    }

    /// <summary>The pause after the n-th fault in a row (n from 1): what the provider asks (up to <see cref="LongestRetryAfter"/>), else doubling.</summary>
    public TimeSpan AfterFault(ProviderTraits traits, int faults, TimeSpan? retryAfter)
    {
        if (retryAfter is { } asked && asked > TimeSpan.Zero)
        {
            return Min(asked, LongestRetryAfter) * (1 + (0.1 * random.NextDouble()));
        }

        var first = traits.MinPoll > TimeSpan.FromMilliseconds(500) ? traits.MinPoll : TimeSpan.FromMilliseconds(500);
        var doubled = first * Math.Pow(2, Math.Min(faults, 12));
        return Min(doubled, LongestBackoff) * (0.75 + (0.25 * random.NextDouble()));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
