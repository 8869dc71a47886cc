namespace Kinora.Server.Configuration;

/// <summary>Writes log events to the standard error stream, a JSON line each; so do the sentences that are for people otherwise. Standard output stays the answer's.</summary>
internal sealed class LogStream(Stream stream) : ILoggerProvider
{
    private readonly Lock _lock = new();

    /// <summary>The one of this process, once it logs as JSON.</summary>
    public static LogStream? OfProcess { get; private set; }

    public static LogStream Open() => OfProcess ??= new LogStream(Console.OpenStandardError());

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, Write);

    public void Say(LogLevel level, string text) =>
        Write(LogLine.Of<object?>(DateTimeOffset.UtcNow, level, "Kinora.Commands", default, text, null, null));

    public void Dispose()
    {
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            lock (_lock)
            {
                stream.Write(line);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // Nobody reads it any more; that is no reason to end.
        }
    }
}

internal delegate void LineWriter(ReadOnlySpan<byte> line);

/// <summary>Turns the events of one category into lines.</summary>
internal sealed class LineLogger(string category, LineWriter write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            write(LogLine.Of(DateTimeOffset.UtcNow, logLevel, category, eventId, formatter(state, exception), state, exception));
        }
    }
}
