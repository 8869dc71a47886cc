using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>Who sent a message, carried beside it. Whatever came without is of the stdio client: HTTP never lets one through without.</summary>
internal static class RequestClient
{
    private const string Key = "kinora.client";

    public static void Set(JsonRpcMessage message, McpClientInfo client)
    {
        message.Context ??= new JsonRpcMessageContext();
        message.Context.Items = new Dictionary<string, object?>(1) { [Key] = client };
    }

    public static McpClientInfo Of(JsonRpcMessage message) =>
        message.Context?.Items is { } items && items.TryGetValue(Key, out var client) ? (McpClientInfo)client! : McpClientInfo.Stdio;
}
