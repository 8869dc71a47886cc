using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using Kinora.Errors;
using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>
/// A database server that any number of machines share. One writer per process commits in groups; those of all processes take turns where order matters.
/// Connections that die are made again and the work is run again, for as long as a caller should wait.
/// </summary>
internal sealed class PostgresDatabase : ISqlDatabase, IBatchTransaction
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    private readonly string _connectionString;
    private readonly SemaphoreSlim _room;
    private readonly PostgresWriter _writer;
    private readonly GroupCommitWriter _queue;
    private readonly PostgresListener _listener;
    private volatile ConcurrentBag<SqlSession> _readers = [];
    private int _followed;
    private int _disposed;

    private PostgresDatabase(string connectionString, PostgresWriter writer)
    {
        _connectionString = connectionString;
        _room = new SemaphoreSlim(new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize);
        _writer = writer;
        _followed = writer.Openings;
        _queue = new GroupCommitWriter(this);
        _listener = new PostgresListener(connectionString, writer.IsMine);
    }

    public event Action<SqlNews>? ToldByAnother
    {
        add => _listener.Add(value);
        remove => _listener.Remove(value);
    }

    public SqlDialect Dialect { get; } = new()
    {
        SkipLocked = " FOR UPDATE SKIP LOCKED",
        Looks = "SELECT * FROM json_to_recordset(@looks::json) AS rows (id text, fence bigint, status text, at bigint, due bigint, known int)",
        Like = "ILIKE",
    };

    /// <summary>Connects and brings the tables up to date.</summary>
    /// <param name="connectionString">From <see cref="PostgresSetting.Parse"/>.</param>
    /// <exception cref="KinoraException"><c>database_unusable</c>: not allowed, not ours, of a newer version; <c>database_busy</c>: not to be reached. Nothing was changed.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        var patience = new Patience(LongestTry);
        while (true)
        {
            var writer = new PostgresWriter(() => Connect(connectionString));
            try
            {
                writer.Open(PostgresMigrations.Run);
                return new PostgresDatabase(connectionString, writer);
            }
            catch (Exception fault)
            {
                writer.Dispose();
                if (!PostgresFaults.Passes(fault) || !patience.TryAgain())
                {
                    throw Told(fault);
                }
            }
        }
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, T> change, bool durable, CancellationToken cancel, bool ordered = true) =>
        _queue.WriteAsync(change, durable, ordered, cancel);

    public async Task<T> ReadAsync<T>(Func<SqlSession, T> read, CancellationToken cancel)
    {
        await _room.WaitAsync(cancel);
        try
        {
            // The thread of a request must not wait for the network; there are never more of these than connections.
            return await Task.Run(() => Read(read), cancel);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>None: what other machines committed is not known without asking.</summary>
    public long? ReadVersion() => null;

    public Task<string> VersionAsync(CancellationToken cancel) =>
        ReadAsync(session => "PostgreSQL " + Convert.ToString(session.Scalar("SELECT current_setting('server_version')"), CultureInfo.InvariantCulture), cancel);

    void IBatchTransaction.Run(bool durable, bool ordered, Action<SqlSession> work)
    {
        var patience = new Patience(LongestTry);
        while (true)
        {
            try
            {
                _writer.Run(durable, ordered, work);
                FollowWriter();
                return;
            }
            catch (Exception fault) when (PostgresFaults.Passes(fault) && patience.TryAgain())
            {
                // Nothing of it was committed.
            }
        }
    }

    Exception IBatchTransaction.Translate(Exception fault) => PostgresFaults.Translate(fault);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _listener.DisposeAsync();
        await _queue.DisposeAsync();
        _writer.Dispose();
        ForgetReaders();
    }

    private T Read<T>(Func<SqlSession, T> read)
    {
        var patience = new Patience(LongestTry);
        while (true)
        {
            try
            {
                return ReadOnce(read);
            }
            catch (Exception fault)
            {
                if (!PostgresFaults.Passes(fault) || !patience.TryAgain())
                {
                    throw Told(fault);
                }
            }
        }
    }

    private T ReadOnce<T>(Func<SqlSession, T> read)
    {
        SqlSession? session = null;
        var readers = _readers;
        try
        {
            session = readers.TryTake(out var idle) ? idle : Connect(_connectionString);
            return read(session);
        }
        catch (Exception fault) when (session?.Connection.State is not (null or ConnectionState.Open))
        {
            // One that died is seldom the only one.
            ForgetReaders();
            throw PostgresFaults.Passes(fault) ? fault : new NpgsqlException("The connection was lost.", new IOException(fault.Message, fault));
        }
        finally
        {
            if (session?.Connection.State == ConnectionState.Open)
            {
                readers.Add(session);
                if (readers != _readers)
                {
                    // They were forgotten meanwhile, and so is this one.
                    Forget(readers);
                }
            }
            else
            {
                session?.Dispose();
            }
        }
    }

    /// <summary>
    /// Reads go where the writes go: what the address led to before the writer had to connect anew may be a standby, which would answer for ever with what was
    /// true once.
    /// </summary>
    private void FollowWriter()
    {
        if (_followed != _writer.Openings)
        {
            _followed = _writer.Openings;
            ForgetReaders();
        }
    }

    private void ForgetReaders() => Forget(Interlocked.Exchange(ref _readers, []));

    private static void Forget(ConcurrentBag<SqlSession> readers)
    {
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private static SqlSession Connect(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        var session = new SqlSession(connection, PostgresTypes.Prepare, PostgresTypes.Clean);
        try
        {
            connection.Open();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static Exception Told(Exception fault) => PostgresFaults.Translate(fault);
}
