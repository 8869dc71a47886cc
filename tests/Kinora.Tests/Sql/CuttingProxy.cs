using System.Net.Sockets;

namespace Kinora.Tests.Sql;

/// <summary>A line to a database server that can be cut at the one moment that matters: when a commit was sent and its answer has not come.</summary>
internal sealed class CuttingProxy(int server) : ServerLine(server)
{
    private int _cuts;
    private bool _after;

    public int Cuts { get; private set; }

    /// <summary>Done at each cut, before anybody can connect again.</summary>
    public Action? OnCut { get; init; }

    /// <summary>Cuts the next commits, each before the server has it, or after the server has answered it.</summary>
    public void CutNext(int commits, bool after)
    {
        _after = after;
        Volatile.Write(ref _cuts, commits);
    }

    protected override async Task CarryAsync(TcpClient client, TcpClient server)
    {
        var (near, far) = (client.GetStream(), server.GetStream());
        var answers = far.CopyToAsync(near);
        var bytes = new byte[65_536];
        for (int got; (got = await near.ReadAsync(bytes)) > 0;)
        {
            var commit = bytes.AsSpan(0, got).IndexOf("COMMIT"u8) >= 0 && Interlocked.Decrement(ref _cuts) >= 0;
            if (commit)
            {
                Cuts++;
                OnCut?.Invoke();
                if (!_after)
                {
                    return;
                }

                // Our own reader of answers is in the way: the client goes first, the server is left to finish.
                client.Client.Close();
                await far.WriteAsync(bytes.AsMemory(0, got));
                server.Client.Shutdown(SocketShutdown.Send);
                await answers.ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await far.WriteAsync(bytes.AsMemory(0, got));
        }
    }
}
