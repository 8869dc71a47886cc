namespace Kinora.Server.Configuration;

/// <summary>
/// Writes log events as JSON lines to <c>logs/kinora.log</c> in the data folder: one event, one line. The file is turned over at 10 MiB, one old one is
/// kept. Logging never stops the program: what cannot be written is dropped.
/// </summary>
internal sealed class LogFile(string folder) : ILoggerProvider
{
    private const long TurnOverBytes = 10L << 20;

    private readonly Lock _lock = new();
    private FileStream? _file;

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, Write);

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            lock (_lock)
            {
                Open().Write(line);
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // A full disk must not end the job that the line is about.
        }
    }

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
}
