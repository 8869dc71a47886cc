using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Kinora.Adapters.Fetch;

namespace Kinora.Adapters.Providers.Http;

/// <summary>The ways out: four to a provider, one to callers' addresses. None follows a redirect, keeps a cookie or unpacks a compressed answer by itself.</summary>
internal static class Transports
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For requests that cost money. Every one gets a connection of its own: on a kept one that the server has just closed, the runtime may send
    /// a request again by itself, and where it does not, a request that never arrived looks like one that was lost after arriving. HTTP/1.1 for the
    /// same reason: over HTTP/2 the runtime re-sends what the server refused with GOAWAY. Some providers are silent for minutes before they answer with the
    /// paid result: the connection is kept known to whatever stands in between.
    /// </summary>
    public static HttpClient ForCreates(Endpoint endpoint)
    {
        var handler = Plain(endpoint);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.ConnectCallback = ConnectAsync;
        return Client(handler);
    }

    /// <summary>For looks, lists and deletes: kept connections, no more than a provider's door can bear.</summary>
    public static HttpClient ForAsks(Endpoint endpoint)
    {
        var handler = Plain(endpoint);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.MaxConnectionsPerServer = 16;
        return Client(handler);
    }

    /// <summary>For what is listened to over a WebSocket: one connection, which nobody else shares.</summary>
    public static HttpMessageInvoker ForSockets(Endpoint endpoint) => new(Plain(endpoint));

    /// <summary>For results. Never through a proxy: a proxy would do the connecting, and the address could not be checked.</summary>
    public static HttpClient ForFiles(GuardedConnect connect)
    {
        var handler = Guarded(connect);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        return Client(handler);
    }

    /// <summary>For what callers' addresses name: like results, but each request resolves and connects anew.</summary>
    public static HttpClient ForCallers(GuardedConnect connect)
    {
        var handler = Guarded(connect);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return Client(handler);
    }

    // As the runtime does by itself, with keep-alive probes after half a minute of silence.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SocketsHttpHandler Guarded(GuardedConnect connect)
    {
        var handler = Plain(null);
        handler.ConnectCallback = connect.ConnectAsync;
        handler.MaxResponseDrainSize = 0;
        // A certificate may name an address where its issuer's is to be had; fetching that would go round the guard.
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        };
        return handler;
    }

    private static SocketsHttpHandler Plain(Endpoint? endpoint) => new()
    {
        // Nobody outside learns which of our requests belong together.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = _connectTimeout,
        MaxResponseHeadersLength = 64,
        PreAuthenticate = false,
        UseCookies = false,
        UseProxy = endpoint is { BaseUrl.IsLoopback: false },
    };

    // Deadlines are tokens: HttpClient's own timeout would not tell a poll from a create.
    private static HttpClient Client(SocketsHttpHandler handler) => new(handler)
    {
        DefaultRequestVersion = HttpVersion.Version11,
        // Some doors turn away clients that do not name themselves.
        DefaultRequestHeaders = { { "User-Agent", "kinora" } },
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
