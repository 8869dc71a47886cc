using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>Refuses requests whose parameters have the wrong form with -32602; without it a client would read "internal error".</summary>
internal static class MessageChecks
{
    public static void AddTo(McpServerOptions options) => options.Filters.Message.IncomingFilters.Add(next => (context, cancel) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest request)
        {
            Check(request);
        }

        return next(context, cancel);
    });

    private static void Check(JsonRpcRequest request)
    {
        if (request.Params is not (null or JsonObject))
        {
            throw Wrong("params must be an object.");
        }

        var given = request.Params as JsonObject;
        if (given?["_meta"] is not (null or JsonObject))
        {
            throw Wrong("_meta must be an object.");
        }

        var name = request.Method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe => "uri",
            _ => null,
        };
        if (name is not null && !IsText(given?[name]))
        {
            throw Wrong($"{name} must be given as text.");
        }

        if (request.Method is RequestMethods.ToolsCall or RequestMethods.PromptsGet && given?["arguments"] is not (null or JsonObject))
        {
            throw Wrong("arguments must be an object.");
        }

        if (request.Method == RequestMethods.CompletionComplete && !(given?["ref"] is JsonObject about && IsText(about["type"])
            && given["argument"] is JsonObject argument && IsText(argument["name"]) && IsText(argument["value"])))
        {
            throw Wrong("ref must be an object with a type, argument one with a name and a value, all of them text.");
        }

        if (given?["cursor"] is { } cursor && !IsText(cursor))
        {
            throw Wrong("cursor must be text.");
        }
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);

    private static McpProtocolException Wrong(string text) => new(text, McpErrorCode.InvalidParams);
}
