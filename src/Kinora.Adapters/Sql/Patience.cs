using System.Diagnostics;

namespace Kinora.Adapters.Sql;

/// <summary>How long something that fails is tried again: from its first fault on, in growing steps.</summary>
internal sealed class Patience(TimeSpan most)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);

    private TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private long _since;

    /// <summary>Waits a little; false once it has taken too long.</summary>
    public bool TryAgain()
    {
        _since = _since == 0 ? Stopwatch.GetTimestamp() : _since;
        if (Stopwatch.GetElapsedTime(_since) >= most)
        {
            return false;
        }

        // Not in step with the other processes.
        Thread.Sleep(_pause * (0.5 + Random.Shared.NextDouble()));
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, Longest.Ticks));
        return true;
    }
}
