using System.Net;
using System.Net.Sockets;

namespace Kinora.Adapters.Fetch;

/// <summary>
/// Connects only to addresses that may be connected to. The check is on the very address the socket goes to, so a name that
/// resolves differently a moment later gains nothing. A name with one private address among public ones is refused whole.
/// </summary>
/// <param name="isTrusted">Hosts (by name and port) that may be private.</param>
/// <param name="isPublic">Of <see cref="PublicAddress"/>, but for tests.</param>
/// <param name="resolve">The system's resolver, but for tests. Never asked for an address.</param>
internal sealed class GuardedConnect(
    Func<string, int, bool> isTrusted, Func<IPAddress, bool> isPublic, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>True when an address that may not be connected to is why a request failed.</summary>
    public static bool IsRefusal(Exception? fault) => fault is PrivateAddressException || (fault is not null && IsRefusal(fault.InnerException));

    /// <summary>True when a name without any address is why.</summary>
    public static bool IsUnknownName(Exception? fault) => fault is UnknownNameException || (fault is not null && IsUnknownName(fault.InnerException));

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var port = context.DnsEndPoint.Port;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, cancel);
        if (!isTrusted(host, port) && !addresses.All(isPublic))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        try
        {
            return await _resolve(host, cancel) is { Length: > 0 } addresses ? addresses : throw new UnknownNameException(null);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new UnknownNameException(fault);
        }
    }

    private sealed class PrivateAddressException() : IOException("The address is not public.");

    private sealed class UnknownNameException(Exception? inner) : IOException("The name has no address.", inner);
}
