using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Webhooks;
using Kinora.Tests.Media;
using Kinora.Webhooks;

namespace Kinora.Tests.Fetch;

/// <summary>
/// A fetcher in a small world: one server at 127.0.0.77 that counts as public, a canary everywhere else on this machine, and a resolver with answers of
/// every kind.
/// </summary>
internal sealed class FetchScene : IAsyncDisposable
{
    public static readonly IPAddress Public = IPAddress.Parse("127.0.0.77");

    private readonly TempFolder _folder = new();
    private readonly WebApplication _server;

    private FetchScene(WebApplication server) => _server = server;

    public Canary Canary { get; } = new();

    public int Port => new Uri(_server.Urls.First()).Port;

    /// <summary>Requests the public server has seen: path and query, and all headers.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Headers)> Requests { get; } = new();

    /// <summary>Names a test wants answered in its own way.</summary>
    public Dictionary<string, Func<IPAddress[]>> Names { get; } = [];

    public string Output => _folder.File("fetched");

    /// <param name="serve">Answers of the public server, beside <c>/to?URL</c>, which redirects to it as it is written.</param>
    public static async Task<FetchScene> StartAsync(RequestDelegate? serve = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Public, 0));
        var server = builder.Build();
        var scene = new FetchScene(server);
        server.Run(async context =>
        {
            var (path, query) = (context.Request.Path, context.Request.QueryString.Value ?? "");
            scene.Requests.Enqueue((path + query, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString())));
            if (path == "/to")
            {
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = Uri.UnescapeDataString(query[1..]);
            }
            else
            {
                await (serve ?? (c => c.Response.WriteAsync("picture")))(context);
            }
        });
        await server.StartAsync();
        return scene;
    }

    /// <summary>The fetcher of the product, to which this machine looks like the internet.</summary>
    public UrlFetcher Fetcher(FetchOptions? options = null, Func<IPAddress, bool>? isPublic = null) =>
        new(Allow(options ?? new FetchOptions()), TimeProvider.System, isPublic ?? (address => address.Equals(Public) || PublicAddress.IsPublic(address)), ResolveAsync)
        {
            RefusalFloor = TimeSpan.Zero,
        };

    /// <summary>The sender of webhooks, in the same world.</summary>
    public WebhookSender Sender(WebhookOptions? options = null, Func<IPAddress, bool>? isPublic = null) =>
        new(
            (options ?? new WebhookOptions()) with { Ports = string.Create(CultureInfo.InvariantCulture, $"80, 443, {Port}, {Canary.Port}") },
            TimeProvider.System,
            isPublic ?? (address => address.Equals(Public) || PublicAddress.IsPublic(address)),
            ResolveAsync)
        {
            RefusalFloor = TimeSpan.Zero,
        };

    public string Url(string path) => string.Create(CultureInfo.InvariantCulture, $"http://public.test:{Port}{path}");

    /// <summary>Puts this scene's ports into a line of tests/hostile/urls.txt.</summary>
    public string Fill(string line) => line
        .Replace("{canary}", Canary.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{public}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static IReadOnlyList<string> HostileUrls() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "hostile", "urls.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => JsonSerializer.Deserialize<string>(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])!),
    ];

    public async ValueTask DisposeAsync()
    {
        Canary.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    // Ports are open, so that only the check of addresses stands between a hostile line and the canary.
    private FetchOptions Allow(FetchOptions options) => options with { Ports = string.Create(CultureInfo.InvariantCulture, $"{options.Ports}, {Port}, {Canary.Port}") };

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => Task.FromResult<IPAddress[]>(host.TrimEnd('.').ToLowerInvariant() switch
    {
        _ when Names.TryGetValue(host, out var answer) => answer(),
        "public.test" => [Public],
        "localhost" or "cname-to-localhost.test" or "b\u00fccher.test" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "mixed.test" => [Public, IPAddress.Loopback],
        "mapped.test" => [IPAddress.Parse("::ffff:127.0.0.1")],
        "nat64.test" => [IPAddress.Parse("64:ff9b::7f00:1")],
        "six.test" => [IPAddress.IPv6Loopback],
        "empty.test" => [],
        "metadata.google.internal" or "169.254.169.254.nip.io" => [IPAddress.Parse("169.254.169.254")],
        _ => throw new SocketException((int)SocketError.HostNotFound),
    });
}
