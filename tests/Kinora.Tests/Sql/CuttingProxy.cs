using System.Net;
using System.Net.Sockets;

namespace Kinora.Tests.Sql;

/// <summary>A line to a database server that can be cut at the one moment that matters: when a commit was sent and its answer has not come.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private int _cuts;
    private bool _after;

    public CuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts { get; private set; }

    /// <summary>Cuts the next commits, each before the server has it, or after the server has answered it.</summary>
    public void CutNext(int commits, bool after)
    {
        _after = after;
        Volatile.Write(ref _cuts, commits);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
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
        await server.ConnectAsync(IPAddress.Loopback, _server);
        var (near, far) = (client.GetStream(), server.GetStream());
        var answers = far.CopyToAsync(near);
        var bytes = new byte[65_536];
        try
        {
            for (int got; (got = await near.ReadAsync(bytes)) > 0;)
            {
                var commit = bytes.AsSpan(0, got).IndexOf("COMMIT"u8) >= 0 && Interlocked.Decrement(ref _cuts) >= 0;
                if (commit && !_after)
                {
                    Cuts++;
                    return;
                }

                if (commit)
                {
                    Cuts++;
                    // Our own reader of answers is in the way: the client goes first, the server is left to finish.
                    mine.Client.Close();
                    await far.WriteAsync(bytes.AsMemory(0, got));
                    server.Client.Shutdown(SocketShutdown.Send);
                    await answers.ContinueWith(_ => { }, TaskScheduler.Default);
                    return;
                }

                await far.WriteAsync(bytes.AsMemory(0, got));
            }
        }
        catch (IOException)
        {
            // The other side is gone.
        }
    }
}
