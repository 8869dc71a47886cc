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
    private const double Wanted = 100;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private long _windowStart = time.GetTimestamp();
    private int _claims;
    private int _jobs;
    private double _before;
    private bool _batching;

    /// <summary>What to wait after a claim, whatever is due meanwhile.</summary>
    /// <param name="jobs">How many it brought.</param>
    /// <param name="left">More was due, but no slot was free for it.</param>
    public TimeSpan AfterClaim(int jobs, bool left)
    {
        // Who finds nothing looks again because he is idle.
        _claims += jobs > 0 ? 1 : 0;
        _jobs += jobs;
        if (time.GetElapsedTime(_windowStart) is var passed && passed < Window)
        {
            _batching |= _claims > Many;
        }
        else
        {
            (_batching, _before) = (_batching && _jobs > Many, _jobs / passed.TotalSeconds);
            (_windowStart, _claims, _jobs) = (time.GetTimestamp(), 0, 0);
        }

        return !_batching ? TimeSpan.Zero
            : left ? Shortest
            : TimeSpan.FromSeconds(Math.Clamp(Wanted / JobsASecond, Shortest.TotalSeconds, Longest.TotalSeconds));
    }

    /// <summary>Of the last second, for what is due at once comes in lumps; or of this one, where it has brought more already.</summary>
    private double JobsASecond => Math.Max(Math.Max(_before, _jobs / Window.TotalSeconds), 1);
}
