namespace Kinora.Server.Tests.Providers;

/// <summary>
/// The real clock, and what it was put forward by; its timers ring only when it is put forward: nothing takes too long unless that is what a test is about. It goes on
/// by itself because the lab writes dates of the real clock.
/// </summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SteppedTimer> _timers = [];
    private TimeSpan _ahead;

    private DateTimeOffset Now => DateTimeOffset.UtcNow + _ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Step(TimeSpan by)
    {
        List<SteppedTimer> due;
        lock (_gate)
        {
            _ahead += by;
            var now = Now;
            due = [.. _timers.Where(timer => timer.Due <= now)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Lets time go by until somebody who waits has an answer, or gives up.</summary>
    public async Task<T> UntilAsync<T>(Task<T> asked)
    {
        while (!asked.IsCompleted)
        {
            Step(TimeSpan.FromSeconds(0.1));
            await Task.WhenAny(asked, Task.Delay(10));
        }

        return await asked;
    }

    private sealed class SteppedTimer(SteppedClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                throw new NotSupportedException("Timers here ring once.");
            }

            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.Now + dueTime;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
