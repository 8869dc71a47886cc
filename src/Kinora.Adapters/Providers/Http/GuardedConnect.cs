using System.Net;
using System.Net.Sockets;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// Connects only to addresses that may be connected to. The check is on the very address the socket goes to, so a name that
/// resolves differently a moment later gains nothing.
/// </summary>
/// <param name="endpoint">The provider: its own host and port may be private (a server in the same house).</param>
/// <param name="isPublic"><see cref="AddressRules.IsPublic"/>, but for tests.</param>
internal sealed class GuardedConnect(Endpoint endpoint, Func<IPAddress, bool> isPublic)
{
    /// <summary>True when that is why a request failed.</summary>
    public static bool IsRefusal(Exception? fault) => fault is PrivateAddressException || (fault is not null && IsRefusal(fault.InnerException));

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        IPAddress[] allowed = IsOwn(host, context.DnsEndPoint.Port) ? addresses : [.. addresses.Where(isPublic)];
        if (allowed.Length == 0)
        {
            throw addresses.Length > 0 ? new PrivateAddressException() : new SocketException((int)SocketError.HostNotFound);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsOwn(string host, int port) =>
        port == endpoint.BaseUrl.Port && string.Equals(host, endpoint.BaseUrl.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    private sealed class PrivateAddressException() : IOException("The address is not public.");
}
