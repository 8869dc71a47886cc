using System.Globalization;
using System.Text.Json;
using Kinora.Accounts;
using Kinora.Generation;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Transport;

namespace Kinora.Server.Security;

/// <summary>
/// Keys and sign-ins on the MCP endpoint. On loopback in single-user mode none is needed, but one that is given must be right. Refusals point to the
/// metadata of RFC 9728.
/// </summary>
/// <param name="keyNeeded">False on loopback alone; there nobody else may have an account either.</param>
/// <param name="requests">How often each caller may come.</param>
internal sealed class McpAccess(Identities identities, AccountService accounts, bool keyNeeded, CallerRate requests) : IMcpAccess
{
    public const string MetadataPath = "/.well-known/oauth-protected-resource";

    private static readonly McpClientInfo SingleUser = new(Caller.Local, SameMachine: false);

    public async ValueTask<McpClientInfo?> IdentifyAsync(HttpContext context)
    {
        var client = await FindAsync(context);
        if (client is null || requests.TryTake(client.Caller.UserId, out var wait))
        {
            return client;
        }

        context.Response.Headers.RetryAfter = wait.Value.ToString(CultureInfo.InvariantCulture);
        await HttpReply.ErrorAsync(context, 429, -32000, $"Too many requests: {requests.PerMinute} a minute are allowed. Try again in {wait} s.");
        return null;
    }

    private async ValueTask<McpClientInfo?> FindAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0 && !keyNeeded && !await accounts.HasOthersAsync(context.RequestAborted))
        {
            return SingleUser;
        }

        // No cookie: browsers send that along for every page, and MCP clients are programs.
        if (header.Count == 1 && await identities.OfAsync(context.Request, context.RequestAborted) is { MustChoosePassword: false } granted)
        {
            if (granted.Allows(KeyScopes.Read))
            {
                return new McpClientInfo(granted.Caller, SameMachine: false, granted.Allows(KeyScopes.Create));
            }

            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"read\", resource_metadata=\"{Metadata(context.Request)}\"";
            await HttpReply.ErrorAsync(context, 403, -32000, "This key has no scope for MCP; it needs read, and create to make videos.");
            return null;
        }

        context.Response.Headers.WWWAuthenticate = header.Count == 0
            ? $"Bearer resource_metadata=\"{Metadata(context.Request)}\", scope=\"read create\""
            : $"Bearer error=\"invalid_token\", resource_metadata=\"{Metadata(context.Request)}\", scope=\"read create\"";
        await HttpReply.ErrorAsync(context, 401, -32000, "An API key is needed: Authorization: Bearer kin_…  The operator makes one with `kinora keys create`.");
        return null;
    }

    /// <summary>RFC 9728: what protects this resource, and who issues tokens for it.</summary>
    public static void MapMetadata(IEndpointRouteBuilder app, HostGuard guard, IReadOnlyList<string> issuers, string mcpPath)
    {
        Task Answer(HttpContext context)
        {
            if (!guard.Allows(context.Request))
            {
                return HttpReply.ErrorAsync(context, 403, -32000, "This Host or Origin may not be used here.");
            }

            context.Response.ContentType = "application/json";
            using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            json.WriteStartObject();
            json.WriteString("resource", $"{context.Request.Scheme}://{context.Request.Host}{mcpPath}");
            json.WriteString("resource_name", "Kinora");
            json.WriteStartArray("bearer_methods_supported");
            json.WriteStringValue("header");
            json.WriteEndArray();
            json.WriteStartArray("scopes_supported");
            json.WriteStringValue("read");
            json.WriteStringValue("create");
            json.WriteEndArray();
            json.WriteStartArray("authorization_servers");
            foreach (var issuer in issuers)
            {
                json.WriteStringValue(issuer);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            return Task.CompletedTask;
        }

        app.MapGet(MetadataPath, Answer);
        app.MapGet(MetadataPath + mcpPath, Answer);
    }

    private static string Metadata(HttpRequest request) => $"{request.Scheme}://{request.Host}{MetadataPath}{request.Path}";
}
