namespace Kinora.Tests.Fakes;

/// <summary>Stands still until a test moves it. Timers are real ones. The wall clock can jump without time passing.</summary>
internal sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long _elapsed;
    private long _jump;

    public DateTimeOffset Now => GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _elapsed) + Interlocked.Read(ref _jump));

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _elapsed, time.Ticks);

    public void AdvanceTo(DateTimeOffset time)
    {
        if (time > Now)
        {
            Advance(time - Now);
        }
    }

    /// <summary>Somebody sets the clock of the machine; no time passes.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jump, by.Ticks);
}
