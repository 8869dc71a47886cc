using System.Buffers;
using System.Text.Json;

namespace Kinora.Server.Configuration;

/// <summary>
/// Writes log events as JSON lines to <c>logs/kinora.log</c> in the data folder: one event, one line. The file is turned over at 10 MiB, one old one is
/// kept. Logging never stops the program: what cannot be written is dropped.
/// </summary>
internal sealed class LogFile(string folder) : ILoggerProvider
{
    private const long TurnOverBytes = 10L << 20;
    private const int MaxFieldLength = 4096;

    private readonly Lock _lock = new();
    private FileStream? _file;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Write(LogLevel level, string category, EventId id, string message, Exception? fault)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString());
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("category", category);
            json.WriteString("event", id.Name);
            json.WriteString("message", Cap(message));
            if (fault is not null)
            {
                json.WriteString("fault", Cap(fault.ToString()));
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        try
        {
            lock (_lock)
            {
                Open().Write(buffer.WrittenSpan);
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // A full disk must not end the job that the line is about.
        }
    }

    private static string Cap(string text) => text.Length <= MaxFieldLength ? text : text[..MaxFieldLength] + "…";

    private FileStream Open()
    {
        if (_file is { Length: > TurnOverBytes })
        {
            _file.Dispose();
            _file = null;
            File.Move(PathOf("kinora.log"), PathOf("kinora.1.log"), overwrite: true);
        }

        if (_file is null)
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _file = new FileStream(PathOf("kinora.log"), new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        return _file;
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private sealed class Category(LogFile file, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                file.Write(logLevel, name, eventId, formatter(state, exception), exception);
            }
        }
    }
}
