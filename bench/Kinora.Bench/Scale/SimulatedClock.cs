namespace Kinora.Bench.Scale;

/// <summary>A time that stands still until it is told to go on. Its timers fire, late, at the time it is set to.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<SimulatedTimer> _timers = [];
    private long _now = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void AdvanceTo(DateTimeOffset time)
    {
        List<SimulatedTimer> due;
        lock (_lock)
        {
            Volatile.Write(ref _now, Math.Max(_now, time.UtcTicks));
            due = _timers.FindAll(timer => timer.DueAt <= _now);
            due.ForEach(timer => timer.Next(_now));
            _timers.RemoveAll(timer => timer.DueAt == long.MaxValue);
        }

        due.ForEach(timer => timer.Fire());
    }

    private sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long _period;

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock._now + dueTime.Ticks;
                _period = period > TimeSpan.Zero ? period.Ticks : 0;
                if (DueAt < long.MaxValue)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Next(long now) => DueAt = _period > 0 ? now + _period : long.MaxValue;

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
