using System.Net;
using Kinora.Accounts;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Server.Api;
using Kinora.Server.Configuration;
using Kinora.Server.Health;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Transport;
using Kinora.Server.Realtime;
using Kinora.Server.Security;
using Kinora.Server.Web.Page;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kinora.Server.Web;

/// <summary>The HTTP server: MCP at <c>/mcp</c>, REST at <c>/api</c>, live updates at <c>/socket.io/</c>, the page at <c>/</c>, and whether it can work (<c>/ready</c>).</summary>
internal sealed class KinoraServer : IAsyncDisposable
{
    private const string McpPath = "/mcp";

    private readonly WebApplication _app;
    private readonly HttpSessions _sessions;
    private readonly RealtimeServer _realtime;

    private KinoraServer(WebApplication app, HttpSessions sessions, RealtimeServer realtime) => (_app, _sessions, _realtime) = (app, sessions, realtime);

    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <exception cref="KinoraException"><c>configuration_invalid</c>: an address that cannot be listened on, or a secret that could be guessed.</exception>
    public static async Task<KinoraServer> StartAsync(KinoraHost host, ServerOptions options, McpSurface mcp, CancellationToken cancel)
    {
        var urls = Read(options.Urls);
        var loopback = urls.All(IsLoopback);
        _ = host.Get<TokenKeys>().Secrets;
        var builder = BareWeb.NewBuilder();
        KinoraHost.AddLogs(builder.Logging.ClearProviders(), host.Data).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopLimits.Of(options).Finish);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, urls));
        var app = builder.Build();
        var sessions = new HttpSessions(mcp.Options, host.Get<IRandomBytes>(), TimeProvider.System);
        var guard = new HostGuard(options, urls);
        var requests = new CallerRate(options.RequestsPerMinute);
        app.Lifetime.ApplicationStopped.Register(requests.Dispose);
        var stop = host.Get<StopSignal>();
        if (TrustedProxies.Of(options) is { } forwarded)
        {
            app.UseForwardedHeaders(forwarded);
        }

        app.Use((context, next) =>
        {
            if (stop.HasBegun)
            {
                // The next request of this client shall find another server, not a connection that is just being closed.
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
        app.UseWebSockets();
        app.UseRouting();
        var singleUser = loopback && !options.RequireKey && options.AllowedHosts.Length == 0;
        var endpoint = new HttpEndpoint(mcp.Options, guard, new McpAccess(host.Get<Identities>(), host.Get<AccountService>(), !singleUser, requests), sessions, app.Lifetime.ApplicationStopping);
        endpoint.Map(app, McpPath);
        McpAccess.MapMetadata(app, guard, ServerOptions.Parts(options.AuthorizationServers), McpPath);
        new ProviderCallbacks(host.Get<CallbackAddresses>(), host.Get<IJobStore>(), host.Get<ProviderSet>(), host.Get<JobRunner>()).Map(app);
        var api = new ApiEndpoint(guard, host.Get<OwnPages>(), host.Get<Identities>(), requests, host.Get<CreateRate>(), host.Get<IAssetStore>(), host.Get<IRandomBytes>(), host.Get<LargeBodies>(), host.Get<ILogger<ApiEndpoint>>());
        api.Map(app, new ApiSurface(host.Services).Operations);
        var realtime = new RealtimeServer(host.Get<RealtimeOptions>(), host.Get<SocketHub>(), guard, host.Get<IRandomBytes>(), TimeProvider.System);
        realtime.Map(app);
        new PageDoor(new PageFiles(), guard, host.Get<ILogger<ApiEndpoint>>()).Map(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException fault)
        {
            await app.DisposeAsync();
            throw new KinoraException(ErrorCodes.ConfigurationInvalid, $"Cannot listen on {options.Urls}: the address is in use or not allowed. Choose another with --urls.", fault.Message, fault);
        }

        return new KinoraServer(app, sessions, realtime);
    }

    /// <summary>Takes no more requests, ends what has no end of its own, and waits for the others as long as <see cref="StopLimits.Finish"/>.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        await _realtime.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<Uri> urls)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = JsonRpcText.MaxBytes + 1;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        foreach (var url in urls)
        {
            if (url.Host == "localhost")
            {
                kestrel.ListenLocalhost(url.Port, o => o.Protocols = HttpProtocols.Http1);
            }
            else
            {
                kestrel.Listen(IPAddress.Parse(url.Host.Trim('[', ']')), url.Port, o => o.Protocols = HttpProtocols.Http1);
            }
        }
    }

    private static List<Uri> Read(string urls)
    {
        var found = new List<Uri>();
        foreach (var text in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var address = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            found.Add(Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/"
                    && (url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
                ? url
                : throw Invalid($"\"{text}\" is no address to listen on. It is written http://127.0.0.1:3000: http, an IP address or localhost, a port. For https put a proxy before it."));
        }

        return found.Count > 0 ? found : throw Invalid("Server:Urls is empty. It is written http://127.0.0.1:3000.");
    }

    private static bool IsLoopback(Uri url) => url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static KinoraException Invalid(string text) => new(ErrorCodes.ConfigurationInvalid, text);
}
