namespace Kinora.Jobs;

/// <summary>
/// How often a worker claims. The first claims of a second follow each other at once, so that few jobs move without delay; where many are due one by one, they
/// are claimed in batches: a batch wakes the process once, and its looks share commits.
/// </summary>
internal sealed class ClaimPace(TimeProvider time)
{
    private const int Many = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(100);

    private long _windowStart = time.GetTimestamp();
    private int _claims;
    private bool _batching;

    /// <summary>What to wait after a claim, whatever is due meanwhile.</summary>
    public TimeSpan AfterClaim()
    {
        if (time.GetElapsedTime(_windowStart) >= Window)
        {
            // Batches leave room for fewer claims than the rule's own number.
            (_batching, _windowStart, _claims) = (_claims >= Many * 4 / 5, time.GetTimestamp(), 0);
        }

        _batching |= ++_claims > Many;
        return _batching ? Batch : TimeSpan.Zero;
    }
}
