using System.Net;
using Kinora.Server.Lab.Shapes;
using Kinora.Server.Lab.Tasks;
using Kinora.Server.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Kinora.Server.Lab;

/// <summary>
/// A loopback provider with scripted faults and a ledger of every create it accepted: the only truth about money in tests, and a place for users to
/// try a setup without a key. See docs/lab.md.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    private static readonly ILabShape[] _shapes =
    [
        new OpenAiVideosShape(), new OpenAiImagesShape(),
        .. typeof(TaskShape).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(TaskShape)))
            .Select(type => (TaskShape)Activator.CreateInstance(type)!).OrderBy(shape => shape.Name, StringComparer.Ordinal),
    ];

    private readonly WebApplication _app;
    private readonly LabDesk _desk;

    private LabServer(WebApplication app, LabDesk desk)
    {
        _app = app;
        _desk = desk;
        BaseUrl = new Uri(app.Urls.First());
    }

    /// <summary>Scheme, host and port; a shape's prefix (<c>/openai/v1</c>) goes behind it.</summary>
    public Uri BaseUrl { get; }

    public LabLedger Ledger => _desk.Ledger;

    /// <summary>Every request that came to a shape, answered or not.</summary>
    public LabTraffic Traffic => _desk.Traffic;

    /// <summary>The calls it has made itself, of all jobs, and what was answered.</summary>
    public IReadOnlyList<string> Calls => [.. _desk.Jobs.SelectMany(job => job.Calls)];

    /// <summary>The script of the next create, as <c>POST /lab/script</c> sets it.</summary>
    public void PlayNext(string script) => _desk.Scripts.Enqueue(LabScript.Parse(script));

    /// <summary>A fault that every request meets until it is null again, as <c>POST /lab/outage</c> sets it.</summary>
    public void PlayAlways(string? fault) => _desk.Outage = fault is null ? null : LabScript.ParseFault(fault, null);

    /// <exception cref="ArgumentException">The address is not on loopback, or is none.</exception>
    public static async Task<LabServer> StartAsync(LabOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new LabOptions();
        var listen = Loopback(options.Url);
        var builder = BareWeb.NewBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Error);

        // Answers that break off are what the lab is for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 * 1024 * 1024;
            kestrel.Limits.MinResponseDataRate = null;
        });

        var app = builder.Build();
        var desk = new LabDesk(options, app.Lifetime.ApplicationStopping);
        app.UseWebSockets();
        LabAdmin.Map(app, desk, _shapes);
        foreach (var shape in _shapes)
        {
            shape.Map(app, desk);
        }

        await app.StartAsync(cancel);
        return new LabServer(app, desk);
    }

    public Task WaitForShutdownAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IPEndPoint Loopback(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"The lab listens on an http address such as http://127.0.0.1:4010, not on \"{text}\".");
        }

        var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.Host.Trim('[', ']'), out var literal) ? literal : IPAddress.Any;
        return IPAddress.IsLoopback(address)
            ? new IPEndPoint(address, url.Port)
            : throw new ArgumentException($"The lab listens on loopback only (127.0.0.1, [::1], localhost), not on \"{url.Host}\": it takes every key and believes everything.");
    }
}
