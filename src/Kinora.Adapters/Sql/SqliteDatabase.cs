using System.Collections.Concurrent;
using System.Globalization;
using Kinora.Errors;
using Microsoft.Data.Sqlite;

namespace Kinora.Adapters.Sql;

/// <summary>
/// The database of one machine: a SQLite file in WAL mode, shared by any number of <c>kinora</c> processes. One writer per process commits in groups;
/// readers have connections of their own and never wait for it.
/// </summary>
internal sealed class SqliteDatabase : ISqlDatabase, IBatchTransaction
{
    /// <summary>How long to wait for another process's transaction, in seconds, before giving up with <c>database_busy</c>.</summary>
    private const int BusySeconds = 10;

    /// <summary>Pages that the writer keeps, in KiB; not more than the database has. With many open jobs each look changes pages all over the table and its indexes, and those of the library's own 2 MiB are read and written again for every one.</summary>
    private const int WriterCacheKiB = 32 << 10;

    /// <summary>Pages of the log (4 KiB each) after which it is copied into the file: four times the library's own number, so that a page that changes often is copied less often.</summary>
    private const int LogPages = 4_000;

    private readonly string _path;
    private readonly int _busySeconds;
    private readonly SqlSession _writer;
    private readonly GroupCommitWriter _queue;
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private readonly Lock _versionLock = new();
    private SqlSession? _version;
    private bool? _fullSync;

    private SqliteDatabase(string path, int busySeconds)
    {
        _path = path;
        _busySeconds = busySeconds;
        _writer = Open();
        _queue = new GroupCommitWriter(this);
    }

    public SqlDialect Dialect { get; } = new()
    {
        SkipLocked = "",
        Looks = "SELECT value ->> 'id' AS id, value ->> 'fence' AS fence, value ->> 'status' AS status, value ->> 'at' AS at, value ->> 'due' AS due, value ->> 'known' AS known FROM json_each(@looks)",
        Like = "LIKE",
    };

    /// <summary>Never raised: a file tells nobody.</summary>
    public event Action<SqlNews>? ToldByAnother
    {
        add { }
        remove { }
    }

    /// <summary>Opens or makes the database file and brings its tables up to date.</summary>
    /// <exception cref="KinoraException"><c>database_unusable</c>: damaged, read-only, not ours, or of a newer version. Nothing was changed.</exception>
    public static SqliteDatabase Open(string path, int busySeconds = BusySeconds)
    {
        try
        {
            CreatePrivately(path);
            RefuseStump(path);
            var database = new SqliteDatabase(path, busySeconds);
            try
            {
                SqliteMigrations.Run(database._writer);
                database._writer.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size=-{WriterCacheKiB}"));
                database._writer.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint={LogPages}"));
                return database;
            }
            catch
            {
                database._queue.DisposeAsync().AsTask().GetAwaiter().GetResult();
                database._writer.Dispose();
                throw;
            }
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Translate(fault);
        }
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, T> change, bool durable, CancellationToken cancel, bool ordered = true) =>
        _queue.WriteAsync(change, durable, ordered, cancel);

    public Task<T> ReadAsync<T>(Func<SqlSession, T> read, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        SqlSession? session = null;
        try
        {
            session = _readers.TryTake(out var idle) ? idle : Open();
            var value = read(session);
            _readers.Add(session);
            return Task.FromResult(value);
        }
        catch (Exception fault)
        {
            session?.Dispose();
            return Task.FromException<T>(SqliteFaults.Translate(fault));
        }
    }

    public long? ReadVersion()
    {
        try
        {
            lock (_versionLock)
            {
                // Of one connection only: the number means nothing to another.
                return (long?)(_version ??= Open()).Scalar("PRAGMA data_version");
            }
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    public Task<string> VersionAsync(CancellationToken cancel) =>
        ReadAsync(session => "SQLite " + Convert.ToString(session.Scalar("SELECT sqlite_version()"), CultureInfo.InvariantCulture), cancel);

    void IBatchTransaction.Run(bool durable, bool ordered, Action<SqlSession> work)
    {
        if (_fullSync != durable)
        {
            // NORMAL survives every death of the process; FULL also a power cut. It cannot be changed inside a transaction.
            _writer.Execute(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            _fullSync = durable;
        }

        _writer.Execute("BEGIN IMMEDIATE");
        try
        {
            work(_writer);
            _writer.Execute("COMMIT");
        }
        catch
        {
            TryRollBack();
            throw;
        }
    }

    Exception IBatchTransaction.Translate(Exception fault) => SqliteFaults.Translate(fault);

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _writer.Dispose();
        _version?.Dispose();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private SqlSession Open()
    {
        var session = new SqlSession(SqliteLibrary.Open(_path, _busySeconds));
        try
        {
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={_busySeconds * 1000}"));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void TryRollBack()
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (disk full, I/O fault).
        }
    }

    /// <summary>SQLite takes a file shorter than its smallest page for an empty one and would write over what is left of it.</summary>
    private static void RefuseStump(string path)
    {
        if (new FileInfo(path).Length is > 0 and < 512)
        {
            throw SqliteFaults.Translate(new SqliteException("The file is too short to be a database.", 26));
        }
    }

    private static void CreatePrivately(string path)
    {
        if (!File.Exists(path))
        {
            File.Open(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }
}
