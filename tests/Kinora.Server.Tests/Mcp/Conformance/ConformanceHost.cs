using Kinora.Jobs;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Protocol;
using Kinora.Server.Mcp.Transport;
using Kinora.Server.Security;
using Kinora.Server.Web;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>
/// The product's own MCP transport, checks, tasks and subscriptions with the fixtures the official conformance suite asks for instead of the product's
/// tools. What the suite finds wrong here is wrong in the product; the fixtures never ship.
/// </summary>
internal sealed class ConformanceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpSessions _sessions;
    private readonly TaskShelf _shelf;

    private ConformanceHost(WebApplication app, HttpSessions sessions, TaskShelf shelf) => (_app, _sessions, _shelf) = (app, sessions, shelf);

    public string Url => _app.Urls.Single() + "/mcp";

    public static async Task<ConformanceHost> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var (news, shelf) = (new FixtureNews(), new TaskShelf(TimeProvider.System));
        var tools = new FixtureTools(news, shelf);
        McpServerOptions Options() => Build(tools, news, shelf);
        var sessions = new HttpSessions(Options, new SystemRandomBytes(), TimeProvider.System);
        var guard = new HostGuard(new ServerOptions(), []);
        new HttpEndpoint(Options, guard, new Everybody(), sessions, app.Lifetime.ApplicationStopping).Map(app, "/mcp");
        await app.StartAsync(cancel);
        return new ConformanceHost(app, sessions, shelf);
    }

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        await _app.DisposeAsync();
        _shelf.Dispose();
    }

    private static McpServerOptions Build(FixtureTools tools, FixtureNews news, TaskShelf shelf)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "kinora-conformance-host", Version = "1.0.0" },
            ScopeRequests = false,
            Capabilities = new ServerCapabilities
            {
                Tools = new ToolsCapability { ListChanged = true },
                Prompts = new PromptsCapability { ListChanged = true },
                Resources = new ResourcesCapability { Subscribe = true },
                Completions = new CompletionsCapability(),
                Logging = new LoggingCapability(),
            },
        };
        MessageChecks.AddTo(options);
        MissingResources.AddTo(options);
        TaskMethods.AddTo(options, shelf);
        new Subscriptions(news).AddTo(options);
        var handlers = options.Handlers;
        handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = tools.Listed });
        handlers.CallToolWithAlternateHandler = tools.CallAsync;
        handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(new ListPromptsResult { Prompts = FixturePrompts.Listed });
        handlers.GetPromptHandler = (request, _) => ValueTask.FromResult(FixturePrompts.Get(request.Params));
        handlers.ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult { Resources = FixtureResources.Listed });
        handlers.ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult { ResourceTemplates = FixtureResources.Templates });
        handlers.ReadResourceHandler = (request, _) => ValueTask.FromResult(new ReadResourceResult { Contents = [FixtureResources.Read(request.Params.Uri)] });
        handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = ["paris", "park", "party"], Total = 3, HasMore = false } });
        handlers.SetLoggingLevelHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
        return options;
    }

    private sealed class Everybody : IMcpAccess
    {
        public ValueTask<McpClientInfo?> IdentifyAsync(HttpContext context) =>
            ValueTask.FromResult<McpClientInfo?>(new McpClientInfo(Generation.Caller.Local, SameMachine: false));
    }
}
