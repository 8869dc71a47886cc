using System.Buffers;
using System.IO.Pipelines;
using Kinora.Server.Security;
using Microsoft.AspNetCore.Http.Features;
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
        if (CheckForm(context.Request) is { } refusal)
        {
            await HttpReply.ErrorAsync(context, refusal.Status, refusal.Code, refusal.Text);
            return;
        }

        if (await ReadAsync(context) is not { } message)
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
            await FinishAsync(context, await transport.HandlePostRequestAsync(message, context.Response.Body, first => StartAsync(context, first), stop.Token));
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
            await FinishAsync(context, await session.PostAsync(message, context.Response.Body, first => StartAsync(context, first), context.RequestAborted));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up.
        }
    }

    private async Task GetAsync(HttpContext context, McpClientInfo client)
    {
        if (!Accepts(context.Request, "text/event-stream"))
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
        await StartAsync(context, null);
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

    private static HttpRules.Refusal? CheckForm(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return new HttpRules.Refusal(415, -32000, "Content-Type must be application/json.");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return new HttpRules.Refusal(415, -32000, "Compressed bodies are not read.");
        }

        return Accepts(request, "application/json") && Accepts(request, "text/event-stream")
            ? null
            : new HttpRules.Refusal(406, -32000, "Accept must have both application/json and text/event-stream.");
    }

    private static bool Accepts(HttpRequest request, string type)
    {
        foreach (var accept in request.Headers.Accept)
        {
            if (accept is not null && (accept.Contains(type, StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<JsonRpcMessage?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > JsonRpcText.MaxBytes)
        {
            return await TooLongAsync(context);
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException fault) when (fault.StatusCode == 413)
            {
                // The server's own limit, which a body without a declared length may meet first.
                return await TooLongAsync(context);
            }

            if (read.Buffer.Length > JsonRpcText.MaxBytes)
            {
                return await TooLongAsync(context);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var understood = JsonRpcText.TryRead(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), out var message, out var error);
            reader.AdvanceTo(read.Buffer.End);
            if (!understood)
            {
                await HttpReply.WriteAsync(context, 400, error!);
            }

            return message;
        }
    }

    /// <summary>The rest is not read, so the connection cannot serve another request, and the client must know.</summary>
    private static async Task<JsonRpcMessage?> TooLongAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        await HttpReply.WriteAsync(context, 413, JsonRpcText.TooLong());
        return null;
    }

    private static void RequestClientOf(HttpContext context, JsonRpcMessage message, McpClientInfo client)
    {
        Protocol.RequestClient.Set(message, client);
        var version = context.Request.Headers[HttpRules.VersionHeader].ToString();
        if (version.Length > 0)
        {
            message.Context!.ProtocolVersion = version;
        }
    }

    /// <summary>Before the first byte: an error that comes at once gets its HTTP status, everything else begins a stream.</summary>
    private static ValueTask StartAsync(HttpContext context, JsonRpcMessage? first)
    {
        var response = context.Response;
        response.StatusCode = first is JsonRpcError { Error.Code: var code }
            ? code switch { -32601 => 404, -32020 or -32021 or -32022 => 400, _ => 200 }
            : 200;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return ValueTask.CompletedTask;
    }

    private static Task FinishAsync(HttpContext context, bool wrote)
    {
        if (!wrote)
        {
            context.Response.StatusCode = 202;
        }

        return Task.CompletedTask;
    }

    private static RequestId IdOf(JsonRpcMessage message) => message is JsonRpcRequest request ? request.Id : default;
}

/// <summary>Who may call.</summary>
internal interface IMcpAccess
{
    /// <summary>The caller, or null after a refusal was written.</summary>
    ValueTask<McpClientInfo?> IdentifyAsync(HttpContext context);
}
