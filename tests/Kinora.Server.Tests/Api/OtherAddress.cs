using System.Net;
using System.Net.Sockets;

namespace Kinora.Server.Tests.Api;

/// <summary>Somebody at another address of this machine.</summary>
internal static class OtherAddress
{
    /// <param name="address">Of 127.0.0.0/8.</param>
    public static HttpClient Client(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
