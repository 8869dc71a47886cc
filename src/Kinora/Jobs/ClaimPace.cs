namespace Kinora.Jobs;

/// <summary>
/// How often a worker claims. The first claims of a second follow each other at once, so that few jobs move without delay; where many are due one by one, they
/// are claimed in batches: a batch wakes the process once, and its looks share statements and commits.
/// </summary>
internal sealed class ClaimPace(TimeProvider time)
{
    /// <summary>More claims of a second than this that bring something begin the batches; a second with no more jobs ends them.</summary>
    private const int Many = 10;

    /// <summary>A batch waits until about as many are due, within its bounds.</summary>
    private const int Wanted = 100;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private long _windowStart = time.GetTimestamp();
    private long _claimed = time.GetTimestamp();
    private int _claims;
    private int _jobs;
    private bool _batching;

    /// <summary>What to wait after a claim, whatever is due meanwhile.</summary>
    /// <param name="jobs">How many it brought.</param>
    /// <param name="left">More was due, but no slot was free for it.</param>
    public TimeSpan AfterClaim(int jobs, bool left)
    {
        if (time.GetElapsedTime(_windowStart) >= Window)
        {
            (_batching, _windowStart, _claims, _jobs) = (_batching && _jobs > Many, time.GetTimestamp(), 0, 0);
        }

        var gathered = time.GetElapsedTime(_claimed);
        _claimed = time.GetTimestamp();

        // Who finds nothing looks again because he is idle.
        _claims += jobs > 0 ? 1 : 0;
        _jobs += jobs;
        _batching |= _claims > Many;
        return !_batching ? TimeSpan.Zero
            : left ? Shortest
            : TimeSpan.FromTicks(Math.Clamp(gathered.Ticks * Wanted / Math.Max(jobs, 1), Shortest.Ticks, Longest.Ticks));
    }
}
