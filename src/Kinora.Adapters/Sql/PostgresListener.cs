using System.Globalization;
using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Hears of what other processes commit, on a connection of its own, from the moment somebody wants to know. While it is cut nothing is heard: it comes back
/// by itself, and says then that there may be anything.
/// </summary>
internal sealed class PostgresListener(string connectionString, Func<int, bool> isMine) : IAsyncDisposable
{
    public const string Channel = "kinora_events";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Action<SqlNews>? _told;
    private Task? _listening;
    private string? _schema;

    public void Add(Action<SqlNews>? told)
    {
        lock (_lock)
        {
            _told += told;
            if (!_stop.IsCancellationRequested)
            {
                _listening ??= Task.Run(ListenAsync);
            }
        }
    }

    public void Remove(Action<SqlNews>? told)
    {
        lock (_lock)
        {
            _told -= told;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_listening ?? Task.CompletedTask);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { KeepAlive = 5 };
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(_stop.Token);
                connection.Notification += (_, told) => Hear(told);
                await using (var listen = new NpgsqlCommand("SELECT current_schema()::text; LISTEN " + Channel, connection))
                {
                    _schema = (string?)await listen.ExecuteScalarAsync(_stop.Token);
                }

                // What was told before is not told again.
                _told?.Invoke(SqlNews.Event | SqlNews.Job);
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException or IOException)
            {
                // Those who listen look by themselves, now and then.
                await Task.Delay(Pause, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private void Hear(NpgsqlNotificationEventArgs told)
    {
        // Other schemas of the same database may be other Kinoras.
        if (!isMine(told.PID) && told.Payload.Split('/', 2) is [var number, var schema] && schema == _schema
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var news))
        {
            _told?.Invoke((SqlNews)news);
        }
    }
}
