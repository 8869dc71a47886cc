using Kinora.Server.Security;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Transport;

/// <summary>
/// Streamable HTTP at one path, all revisions: guard, key, form of the request, then either one server object for the one request (newest revision) or the
/// client's session (older ones). A client that hangs up cancels waiting, never a create.
/// </summary>
internal sealed class HttpEndpoint(Func<McpServerOptions> options, HostGuard guard, IMcpAccess access, HttpSessions sessions, CancellationToken stopping)
{
    private readonly McpServerOptions _shared = options();

    public void Map(IEndpointRouteBuilder app, string path) => app.Map(path, HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        if (!guard.Allows(context.Request))
        {
            await HttpReply.ErrorAsync(context, 403, -32000, "This Host or Origin may not be used here. The operator allows more with Server:AllowedHosts and Server:AllowedOrigins.");
            return;
        }

        if (await access.IdentifyAsync(context) is not { } client)
        {
            return;
        }

        switch (context.Request.Method)
        {
            case "POST":
                await PostAsync(context, client);
                break;
            case "GET" when !Protocol.McpVersions.IsModern(context.Request.Headers[HttpRules.VersionHeader]):
                await GetAsync(context, client);
                break;
            case "DELETE" when !Protocol.McpVersions.IsModern(context.Request.Headers[HttpRules.VersionHeader]):
                await DeleteAsync(context, client);
                break;
            default:
                context.Response.Headers.Allow = "POST";
                await HttpReply.ErrorAsync(context, 405, -32000, "Only POST is served here.");
                break;
        }
    }

    private async Task PostAsync(HttpContext context, McpClientInfo client)
    {
        if (HttpRules.CheckForm(context.Request) is { } refusal)
        {
            await HttpReply.ErrorAsync(context, refusal.Status, refusal.Code, refusal.Text);
            return;
        }

        if (await HttpBody.ReadAsync(context) is not { } message)
        {
            return;
        }

        RequestClientOf(context, message, client);
        var modern = HttpRules.IsModern(context.Request, message);
        if (HttpRules.Check(context.Request, message, modern, _shared) is { } wrong)
        {
            await HttpReply.ErrorAsync(context, wrong.Status, wrong.Code, wrong.Text, IdOf(message), wrong.Data);
        }
        else if (modern)
        {
            await ServeOnceAsync(context, message);
        }
        else
        {
            await ServeInSessionAsync(context, message, client);
        }
    }

    private async Task ServeOnceAsync(HttpContext context, JsonRpcMessage message)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, _shared);
        var running = server.RunAsync(stop.Token);
        try
        {
            HttpReply.Finish(context, await transport.HandlePostRequestAsync(message, context.Response.Body, first => HttpReply.StartAsync(context, first), stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client hung up, or the server stops.
        }

        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task ServeInSessionAsync(HttpContext context, JsonRpcMessage message, McpClientInfo client)
    {
        var id = context.Request.Headers[HttpRules.SessionHeader].ToString();
        HttpSession? session;
        if (id.Length == 0)
        {
            if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
            {
                await HttpReply.ErrorAsync(context, 400, -32000, $"The header {HttpRules.SessionHeader} is missing. Begin with initialize.", IdOf(message));
                return;
            }

            session = sessions.Open(client);
        }
        else
        {
            session = sessions.Find(id, client);
        }

        if (session is null)
        {
            await HttpReply.ErrorAsync(context, 404, -32001, "There is no such session. Begin again with initialize.", IdOf(message));
            return;
        }

        context.Response.Headers[HttpRules.SessionHeader] = session.Id;
        try
        {
            HttpReply.Finish(context, await session.PostAsync(message, context.Response.Body, first => HttpReply.StartAsync(context, first), context.RequestAborted));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up.
        }
    }

    private async Task GetAsync(HttpContext context, McpClientInfo client)
    {
        if (!HttpRules.Accepts(context.Request, "text/event-stream"))
        {
            await HttpReply.ErrorAsync(context, 406, -32000, "Accept must have text/event-stream.");
            return;
        }

        if (sessions.Find(context.Request.Headers[HttpRules.SessionHeader].ToString(), client) is not { } session)
        {
            await NoSessionAsync(context);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await HttpReply.StartAsync(context, null);
        try
        {
            await session.Transport.HandleGetRequestAsync(context.Response.Body, stop.Token);
        }
        catch (InvalidOperationException)
        {
            await HttpReply.ErrorAsync(context, 409, -32000, "This session has its stream already.");
        }
        catch (OperationCanceledException)
        {
            // The usual end of such a stream.
        }
    }

    private async Task DeleteAsync(HttpContext context, McpClientInfo client)
    {
        if (sessions.Find(context.Request.Headers[HttpRules.SessionHeader].ToString(), client) is { } session)
        {
            await sessions.CloseAsync(session);
            context.Response.StatusCode = 200;
        }
        else
        {
            await NoSessionAsync(context);
        }
    }

    private static Task NoSessionAsync(HttpContext context) =>
        context.Request.Headers[HttpRules.SessionHeader].Count == 0
            ? HttpReply.ErrorAsync(context, 400, -32000, $"The header {HttpRules.SessionHeader} is missing. Begin with initialize.")
            : HttpReply.ErrorAsync(context, 404, -32001, "There is no such session. Begin again with initialize.");

    private static void RequestClientOf(HttpContext context, JsonRpcMessage message, McpClientInfo client)
    {
        Protocol.RequestClient.Set(message, client);
        var version = context.Request.Headers[HttpRules.VersionHeader].ToString();
        if (version.Length > 0)
        {
            message.Context!.ProtocolVersion = version;
        }
    }

    private static RequestId IdOf(JsonRpcMessage message) => message is JsonRpcRequest request ? request.Id : default;
}
