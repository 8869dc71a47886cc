using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>A resource that is not there is -32602 in the newest revision and -32002 in the older ones (SEP-2164); both name the address.</summary>
internal static class MissingResources
{
    public static void AddTo(McpServerOptions options) => options.Filters.Request.ReadResourceFilters.Add(next => async (request, cancel) =>
    {
        try
        {
            return await next(request, cancel);
        }
        catch (McpProtocolException fault) when (fault.ErrorCode == McpErrorCode.ResourceNotFound)
        {
            var code = McpVersions.IsModern(request.JsonRpcRequest.Context?.ProtocolVersion) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound;
            throw new McpProtocolException(fault.Message, fault, code) { Data = { ["uri"] = request.Params.Uri } };
        }
    });
}
