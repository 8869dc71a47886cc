using System.Net;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Server.Configuration;
using Kinora.Server.Health;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Transport;
using Kinora.Server.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kinora.Server.Web;

/// <summary>The HTTP server: MCP at <c>/mcp</c>, whether it is alive (<c>/health</c>) and whether it can work (<c>/ready</c>).</summary>
internal sealed class KinoraServer : IAsyncDisposable
{
    private const string McpPath = "/mcp";

    private readonly WebApplication _app;
    private readonly HttpSessions _sessions;

    private KinoraServer(WebApplication app, HttpSessions sessions)
    {
        _app = app;
        _sessions = sessions;
    }

    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <param name="anyKey">Whether there is a key that somebody could come in with.</param>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: an address that cannot be listened on, or would be open to everybody.</exception>
    public static async Task<KinoraServer> StartAsync(KinoraHost host, ServerOptions options, McpSurface mcp, bool anyKey, CancellationToken cancel)
    {
        var urls = Read(options.Urls);
        var loopback = urls.All(IsLoopback);
        if (!loopback && !anyKey)
        {
            throw Invalid("Server:Urls reaches beyond this machine, and there is no API key yet, so anybody could spend your money. Make one first: kinora keys create --name NAME");
        }

        var builder = WebApplication.CreateSlimBuilder();

        // Only Kinora's own settings count: no appsettings of the working folder, no ASPNETCORE_URLS.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddProvider(new LogFile(host.Data.Logs)).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, urls));
        var app = builder.Build();
        var sessions = new HttpSessions(mcp.Options, host.Get<Jobs.IRandomBytes>(), TimeProvider.System);
        var guard = new HostGuard(options, urls);
        var requests = new CallerRate(options.RequestsPerMinute);
        app.Lifetime.ApplicationStopped.Register(requests.Dispose);
        var endpoint = new HttpEndpoint(mcp.Options, guard, new McpAccess(host.Get<ApiKeys>(), !loopback || options.RequireKey, requests), sessions, app.Lifetime.ApplicationStopping);
        endpoint.Map(app, McpPath);
        McpAccess.MapMetadata(app, guard, Parts(options.AuthorizationServers), McpPath);
        app.MapGet("/health", () => Results.Text("""{"status":"ok"}""", "application/json"));
        new Readiness(host, app.Lifetime.ApplicationStopping).Map(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException fault)
        {
            await app.DisposeAsync();
            throw new KinoraException(ErrorCodes.ConfigurationInvalid, $"Cannot listen on {options.Urls}: the address is in use or not allowed. Choose another with --urls.", fault.Message, fault);
        }

        return new KinoraServer(app, sessions);
    }

    public Task WaitForShutdownAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
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

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static KinoraException Invalid(string text) => new(ErrorCodes.ConfigurationInvalid, text);
}
