namespace Kinora.Bench.Scale;

/// <summary>Counts what the engine warns of, and shows the first of it.</summary>
internal sealed class FaultLog
{
    private const int Shown = 3;

    private int _count;

    public int Count => _count;

    public ILogger<T> Of<T>() => new Log<T>(this);

    private void Add(string text, Exception? fault)
    {
        if (Interlocked.Increment(ref _count) <= Shown)
        {
            Console.WriteLine($"  log: {text} {fault}");
        }
    }

    private sealed class Log<T>(FaultLog all) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                all.Add(formatter(state, exception), exception);
            }
        }
    }
}
