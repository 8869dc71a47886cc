using System.Net;
using System.Net.Sockets;

namespace Kinora.Tests.Sql;

/// <summary>A line to a server that can go silent, as a network that is cut does: connections stay open, new ones are taken, and nothing comes through.</summary>
internal sealed class StallingLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private volatile TaskCompletionSource _questions = Done();
    private volatile TaskCompletionSource _answers = Done();

    public StallingLine(int server)
    {
        _server = server;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="questions">What goes to the server waits too; else only its answers do.</param>
    public void Cut(bool questions)
    {
        _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (questions)
        {
            _questions = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What waited comes through, late.</summary>
    public void Mend()
    {
        _questions.TrySetResult();
        _answers.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        Mend();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var mine = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(
                CopyAsync(mine.GetStream(), server.GetStream(), () => _questions.Task),
                CopyAsync(server.GetStream(), mine.GetStream(), () => _answers.Task));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone; the other learns it by the end of the connection.
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Func<Task> open)
    {
        var bytes = new byte[65_536];
        for (int got; (got = await from.ReadAsync(bytes)) > 0;)
        {
            await open();
            await to.WriteAsync(bytes.AsMemory(0, got));
        }
    }
}
