using System.Data;
using System.Globalization;
using Kinora.Errors;
using Npgsql;
using NpgsqlTypes;

namespace Kinora.Adapters.Sql;

/// <summary>
/// The writing connection of a process, and what became of its last commit: each transaction begins by writing its own number, so that after a connection
/// that died during COMMIT the next one can see whether it went through. (PostgreSQL's own transaction numbers do not tell: after a crash of the server
/// those that were lost are given out again.)
/// </summary>
/// <param name="longestAsking">How long a commit of unknown fate is asked after; 30 seconds unless given, longer than a restart takes.</param>
internal sealed class PostgresWriter(Func<SqlSession> connect, TimeSpan? longestAsking = null) : IDisposable
{
    private readonly TimeSpan _longestAsking = longestAsking ?? TimeSpan.FromSeconds(30);
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(bool Durable, bool Ordered), NpgsqlCommand> _begins = [];
    private SqlSession? _session;
    private long _batch;
    private volatile int _process;

    /// <summary>How often a connection was made.</summary>
    public int Openings { get; private set; }

    /// <summary>Whether a notification of that server process is one of ours.</summary>
    public bool IsMine(int process) => process == _process;

    /// <param name="first">What is done with the new connection before anything else.</param>
    public void Open(Action<NpgsqlConnection>? first = null)
    {
        _session = connect();
        var connection = (NpgsqlConnection)_session.Connection;
        first?.Invoke(connection);
        _process = connection.ProcessID;
        Openings++;
    }

    /// <summary>One transaction. A fault means that nothing was committed, except <see cref="PostgresFaults.Unknown"/>.</summary>
    public void Run(bool durable, bool ordered, Action<SqlSession> work)
    {
        if (_session is null)
        {
            Open();
        }

        var session = _session!;
        var batch = ++_batch;
        try
        {
            Begin(batch, durable, ordered);
            session.Tells = SqlNews.None;
            work(session);
        }
        catch (Exception fault)
        {
            throw Abandon(fault);
        }

        try
        {
            Execute(session.Tells == SqlNews.None ? "COMMIT" : string.Create(CultureInfo.InvariantCulture, $"SELECT pg_notify('{PostgresListener.Channel}', '{(int)session.Tells}/' || current_schema()); COMMIT"));
        }
        catch (Exception fault)
        {
            // Whatever it says: it may have been said after the commit.
            var told = Abandon(fault);
            if (!WasCommitted(batch, fault))
            {
                throw told;
            }
        }
    }

    public void Dispose()
    {
        if (_session is not null && !IsLost)
        {
            try
            {
                Execute($"DELETE FROM commits WHERE writer = '{_name}' OR at < now() - interval '7 days'");
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                // It is swept by another, later.
            }
        }

        Drop();
    }

    private bool IsLost => _session?.Connection.State != ConnectionState.Open;

    private void Begin(long batch, bool durable, bool ordered)
    {
        if (!_begins.TryGetValue((durable, ordered), out var command))
        {
            // One round trip. Our own row first: who asks after this transaction waits for its lock until it is at an end.
            command = new NpgsqlCommand(
                $"""
                 BEGIN;
                 SET LOCAL synchronous_commit = {(durable ? "on" : "off")};
                 INSERT INTO commits (writer, batch) VALUES (@writer, @batch) ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, at = now()
                 {(ordered ? $"; SELECT pg_advisory_xact_lock({PostgresLocks.Order})" : "")}
                 """,
                (NpgsqlConnection)_session!.Connection);
            command.Parameters.Add(new NpgsqlParameter("@writer", NpgsqlDbType.Text) { Value = _name });
            command.Parameters.Add(new NpgsqlParameter("@batch", NpgsqlDbType.Bigint));
            command.Prepare();
            _begins[(durable, ordered)] = command;
        }

        command.Parameters[1].Value = batch;
        command.ExecuteNonQuery();
    }

    /// <summary>Rolls back, or lets go of a connection that is dead or leads to a standby; returns the fault to throw, which passes when only the connection was to blame.</summary>
    private Exception Abandon(Exception fault)
    {
        try
        {
            if (!IsLost && !PostgresFaults.TakesNoWrites(fault))
            {
                Execute("ROLLBACK");
                return fault;
            }
        }
        catch (Exception second) when (second is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            // As dead as the other kind.
        }

        Drop();
        return fault is KinoraException || PostgresFaults.Passes(fault) ? fault : new NpgsqlException("The connection was lost.", new IOException(fault.Message, fault));
    }

    /// <exception cref="KinoraException"><see cref="PostgresFaults.Unknown"/>: nobody could tell.</exception>
    private bool WasCommitted(long batch, Exception fault)
    {
        var patience = new Patience(_longestAsking);
        while (true)
        {
            try
            {
                using var session = connect();
                // Waits while the server has not noticed yet that the connection is dead, and may still commit. A standby, which may not have heard of it,
                // refuses to answer.
                return session.Scalar("SELECT batch FROM commits WHERE writer = @writer FOR UPDATE", ("@writer", _name)) is long last && last == batch;
            }
            catch (Exception) when (patience.TryAgain())
            {
                // Whatever it is, it says nothing of the commit.
            }
            catch (Exception)
            {
                throw PostgresFaults.Unknown(fault);
            }
        }
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, (NpgsqlConnection)_session!.Connection);
        command.ExecuteNonQuery();
    }

    private void Drop()
    {
        foreach (var command in _begins.Values)
        {
            command.Dispose();
        }

        _begins.Clear();
        _session?.Dispose();
        _session = null;
    }
}
