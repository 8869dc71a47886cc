using System.Net;
using System.Net.Sockets;

namespace Kinora.Tests.Sql;

/// <summary>A port of this machine in front of a server on it: what comes in is carried there as the test wishes.</summary>
internal abstract class ServerLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    protected ServerLine(int server)
    {
        Server = server;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port that new connections are carried to.</summary>
    public int Server { get; set; }

    public virtual ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Carries one connection until one of its sides is gone; both are closed afterwards.</summary>
    protected abstract Task CarryAsync(TcpClient client, TcpClient server);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ConnectAsync(client));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ConnectAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, Server);
            await CarryAsync(near, far);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone; the other learns it by the end of the connection.
        }
    }
}
