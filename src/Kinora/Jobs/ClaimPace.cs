namespace Kinora.Jobs;

/// <summary>
/// How often a worker claims. The first claims of a second follow each other at once, so that few jobs move without delay; where many are due one by one, they
/// are claimed in batches: a batch wakes the process once, and its looks share statements and commits. A small batch that left nothing waits longer for its next.
/// </summary>
internal sealed class ClaimPace(TimeProvider time)
{
    /// <summary>More claims of a second than this that bring something begin the batches.</summary>
    private const int Many = 10;

    /// <summary>Fewer end them: of the five small batches of a second one may be late.</summary>
    private const int Fewest = 4;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(100);

    /// <summary>A batch of fewer jobs is a small one.</summary>
    private const int Small = 75;
    private static readonly TimeSpan SmallBatch = TimeSpan.FromMilliseconds(200);

    private long _windowStart = time.GetTimestamp();
    private int _claims;
    private bool _batching;

    /// <summary>What to wait after a claim, whatever is due meanwhile.</summary>
    /// <param name="jobs">How many it brought.</param>
    /// <param name="left">More was due, but no slot was free for it.</param>
    public TimeSpan AfterClaim(int jobs, bool left)
    {
        if (time.GetElapsedTime(_windowStart) >= Window)
        {
            (_batching, _windowStart, _claims) = (_batching && _claims >= Fewest, time.GetTimestamp(), 0);
        }

        // Who finds nothing looks again because he is idle.
        _claims += jobs > 0 ? 1 : 0;
        _batching |= _claims > Many;
        return !_batching ? TimeSpan.Zero : left || jobs >= Small ? Batch : SmallBatch;
    }
}
