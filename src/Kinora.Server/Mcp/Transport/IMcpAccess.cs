namespace Kinora.Server.Mcp.Transport;

/// <summary>Who may call.</summary>
internal interface IMcpAccess
{
    /// <summary>The caller, or null after a refusal was written.</summary>
    ValueTask<McpClientInfo?> IdentifyAsync(HttpContext context);
}
