using System.Net;
using System.Net.Sockets;

namespace Kinora.Tests.Fetch;

/// <summary>Listens at every address of this machine, on one port, and counts who connects.</summary>
internal sealed class Canary : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };

    public Canary()
    {
        _listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        _listener.Listen(1000);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many have connected since the last call. One more connection of ours ends the queue, so nobody can be missed.</summary>
    public async Task<int> CountAsync(CancellationToken cancel)
    {
        using var own = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await own.ConnectAsync(IPAddress.Loopback, Port, cancel);
        var others = 0;
        while (true)
        {
            using var visitor = await _listener.AcceptAsync(cancel);
            var from = (IPEndPoint)visitor.RemoteEndPoint!;
            if (from.Port == ((IPEndPoint)own.LocalEndPoint!).Port && from.Address.MapToIPv4().Equals(IPAddress.Loopback))
            {
                return others;
            }

            others++;
        }
    }

    public void Dispose() => _listener.Dispose();
}
