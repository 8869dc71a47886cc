using System.Text.Json.Nodes;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Transport;

/// <summary>
/// What a POST must have before it is dispatched. In the newest revision headers repeat what the body says, so that gateways can route without parsing;
/// they must agree (facts: revision 2026-07-28, "Streamable HTTP").
/// </summary>
internal static class HttpRules
{
    public const string VersionHeader = "MCP-Protocol-Version";
    public const string SessionHeader = "Mcp-Session-Id";
    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";

    private static readonly HashSet<string> Removed =
        new(StringComparer.Ordinal) { RequestMethods.Initialize, RequestMethods.Ping, "logging/setLevel", RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe };

    /// <summary>A refusal: HTTP status, JSON-RPC code, text.</summary>
    internal sealed record Refusal(int Status, int Code, string Text, JsonNode? Data = null);

    /// <summary>Null when the body is worth reading: its type, and what the client takes for an answer.</summary>
    public static Refusal? CheckForm(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(415, -32000, "Content-Type must be application/json.");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return new Refusal(415, -32000, "Compressed bodies are not read.");
        }

        return Accepts(request, "application/json") && Accepts(request, "text/event-stream")
            ? null
            : new Refusal(406, -32000, "Accept must have both application/json and text/event-stream.");
    }

    public static bool Accepts(HttpRequest request, string type)
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

    /// <summary>Whether a message belongs to the revision without handshake and sessions: its header or its body says so.</summary>
    public static bool IsModern(HttpRequest request, JsonRpcMessage message) =>
        McpVersions.IsModern(request.Headers[VersionHeader]) || McpVersions.IsModern(BodyVersion(message));

    /// <summary>Null when the message may be dispatched.</summary>
    public static Refusal? Check(HttpRequest request, JsonRpcMessage message, bool modern, McpServerOptions options)
    {
        var header = request.Headers[VersionHeader];
        if (header.Count > 1)
        {
            return Mismatch($"{VersionHeader} is there {header.Count} times.");
        }

        var version = header.ToString();
        if (version.Length > 0 && !McpVersions.All.Contains(version))
        {
            return Unknown(version);
        }

        return modern ? CheckModern(request, message, version, options) : CheckOlder(message, version);
    }

    private static Refusal? CheckOlder(JsonRpcMessage message, string version) =>
        version.Length > 0 && message is JsonRpcRequest { Method: RequestMethods.Initialize } request
            && Text(request.Params, "protocolVersion") is { } asked && asked != version && McpVersions.All.Contains(asked)
            ? Mismatch($"{VersionHeader} says {version}, the body says {asked}.")
            : null;

    private static Refusal? CheckModern(HttpRequest request, JsonRpcMessage message, string version, McpServerOptions options)
    {
        var (method, body) = message switch
        {
            JsonRpcRequest r => (r.Method, r.Params),
            JsonRpcNotification n => (n.Method, n.Params),
            _ => (null, null),
        };
        if (method is null)
        {
            return null;
        }

        var said = BodyVersion(message);
        if (version.Length == 0)
        {
            return Mismatch($"The header {VersionHeader} is missing; the body says {said}.");
        }

        if (said is not null && said != version)
        {
            return Mismatch($"{VersionHeader} says {version}, the body says {Content.PlainText.Clean(said, 40)}.");
        }

        if (CheckRouting(request, method, body, options) is { } routing)
        {
            return routing;
        }

        if (message is JsonRpcRequest && Missing(body, said) is { } key)
        {
            return new Refusal(400, -32602, $"params._meta must have \"{key}\".");
        }

        return Removed.Contains(method) ? new Refusal(404, -32601, $"There is no method \"{method}\" in {version}.") : null;
    }

    private static Refusal? CheckRouting(HttpRequest request, string method, JsonNode? body, McpServerOptions options)
    {
        if (Single(request, MethodHeader) is not { } saidMethod)
        {
            return Mismatch($"The header {MethodHeader} must be there once.");
        }

        if (saidMethod != method)
        {
            return Mismatch($"{MethodHeader} says {saidMethod}, the body says {method}.");
        }

        var parameter = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            _ => options.RequestHandlers?.FirstOrDefault(h => h.Method == method)?.RoutingNameParameter,
        };
        if (parameter is null)
        {
            return null;
        }

        if (Single(request, NameHeader) is not { } saidName)
        {
            return Mismatch($"The header {NameHeader} must be there once.");
        }

        // Outside ASCII the value comes as =?base64?…?=.
        return McpHeaderEncoder.DecodeValue(saidName) == Text(body, parameter) ? null : Mismatch($"{NameHeader} and the body's {parameter} differ.");
    }

    private static string? Missing(JsonNode? body, string? version)
    {
        var meta = (body as JsonObject)?["_meta"] as JsonObject;
        return version is null ? MetaKeys.ProtocolVersion : meta?[MetaKeys.ClientCapabilities] is not JsonObject ? MetaKeys.ClientCapabilities : null;
    }

    private static string? BodyVersion(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => Text((request.Params as JsonObject)?["_meta"], MetaKeys.ProtocolVersion),
        JsonRpcNotification notification => Text((notification.Params as JsonObject)?["_meta"], MetaKeys.ProtocolVersion),
        _ => null,
    };

    private static string? Text(JsonNode? node, string name) =>
        node is JsonObject json && json.TryGetPropertyValue(name, out var value) && value is JsonValue word && word.TryGetValue(out string? text) ? text : null;

    /// <summary>Null when it is missing, doubled, or holds what no header may hold.</summary>
    private static string? Single(HttpRequest request, string name)
    {
        var value = request.Headers[name];
        return value.Count == 1 && value.ToString().Trim() is { Length: > 0 } text && text.All(c => c is '\t' or (>= ' ' and <= '~')) ? text : null;
    }

    private static Refusal Mismatch(string text) => new(400, -32020, text);

    private static Refusal Unknown(string version) => new(
        400,
        -32022,
        $"Protocol version \"{Content.PlainText.Clean(version, 40)}\" is not served here.",
        new JsonObject { ["supported"] = new JsonArray([McpVersions.Modern]), ["requested"] = Content.PlainText.Clean(version, 40) });
}
