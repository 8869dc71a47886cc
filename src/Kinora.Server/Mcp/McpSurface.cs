using System.Text.Json.Nodes;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Protocol;
using Kinora.Server.Mcp.Tasks;
using Kinora.Server.Mcp.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp;

/// <summary>Everything one MCP server offers, put into the SDK's options. The same for every client; nothing here holds state of a client.</summary>
/// <param name="name">As clients see it; <c>MCP_NAME</c> renames profiles.</param>
internal sealed class McpSurface(string name, string instructions, ToolBox tools, McpStudio studio)
{
    /// <summary>How long clients may keep lists, which never change while the program runs.</summary>
    private static readonly TimeSpan ListsStay = TimeSpan.FromHours(1);

    private readonly ToolDispatcher _dispatcher = new(tools, studio);
    private readonly JobResources _resources = new(studio);
    private readonly Completions _completions = new(studio);
    private readonly JobTasks _tasks = new(studio);

    public ToolBox Tools { get; } = tools;

    public McpStudio Studio { get; } = studio;

    /// <summary>Options for one server object. Sessions of the older protocol have subscriptions of their own, so each needs its own options.</summary>
    public McpServerOptions Options()
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = name, Title = "Kinora", Version = ProductVersion.Text },
            ServerInstructions = instructions,
            ScopeRequests = false,
            Capabilities = new ServerCapabilities
            {
                Tools = new ToolsCapability(),
                Prompts = new PromptsCapability(),
                Resources = new ResourcesCapability { Subscribe = true },
            },
        };
        MessageChecks.AddTo(options);
        MissingResources.AddTo(options);
        options.Filters.Message.IncomingFilters.Add(AnswerToolsList);
        TaskMethods.AddTo(options, _tasks);
        new Subscriptions(new JobNotifications(Studio)).AddTo(options);
        var handlers = options.Handlers;
        handlers.CallToolWithAlternateHandler = _dispatcher.CallAsync;
        handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(new ListPromptsResult { Prompts = Prompts.Listed });
        handlers.GetPromptHandler = (request, _) => ValueTask.FromResult(Prompts.Get(request.Params));
        handlers.ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult { ResourceTemplates = JobResources.Templates });
        handlers.ListResourcesHandler = async (request, cancel) =>
            new ListResourcesResult { Resources = [.. await _resources.ListAsync(RequestClient.Of(request.JsonRpcRequest).Caller, cancel)] };
        handlers.ReadResourceHandler = async (request, cancel) =>
            new ReadResourceResult { Contents = [await _resources.ReadAsync(RequestClient.Of(request.JsonRpcRequest).Caller, request.Params.Uri, cancel)] };
        handlers.CompleteHandler = async (request, cancel) =>
            new CompleteResult { Completion = await _completions.FindAsync(RequestClient.Of(request.JsonRpcRequest).Caller, request.Params, cancel) };
        AddCacheHints(options);
        return options;
    }

    /// <summary>The list is written once, not object by object for every client: it is what clients wait for at start.</summary>
    private McpMessageHandler AnswerToolsList(McpMessageHandler next) => (context, cancel) =>
    {
        if (context.JsonRpcMessage is not JsonRpcRequest { Method: RequestMethods.ToolsList } request)
        {
            return next(context, cancel);
        }

        var result = JsonNode.Parse(Tools.Listed)!.AsObject();
        if (McpVersions.IsModern(request.Context?.ProtocolVersion))
        {
            result["resultType"] = "complete";
            result["ttlMs"] = (long)ListsStay.TotalMilliseconds;
            result["cacheScope"] = "public";
        }

        return context.Server.SendMessageAsync(new JsonRpcResponse { Id = request.Id, Result = result }, cancel);
    };

    private static void AddCacheHints(McpServerOptions options)
    {
        var filters = options.Filters.Request;
        filters.ListPromptsFilters.Add(next => async (request, cancel) => Keep(await next(request, cancel), request.JsonRpcRequest));
        filters.ListResourceTemplatesFilters.Add(next => async (request, cancel) => Keep(await next(request, cancel), request.JsonRpcRequest));
    }

    /// <summary>Only the newest revision knows these fields; older clients refuse them.</summary>
    private static T Keep<T>(T result, JsonRpcRequest request)
        where T : ICacheableResult
    {
        if (McpVersions.IsModern(request.Context?.ProtocolVersion))
        {
            result.TimeToLive = ListsStay;
            result.CacheScope = CacheScope.Public;
        }

        return result;
    }
}
