using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Mcp.Protocol;
using Kinora.Server.Mcp.Tasks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Tools;

/// <summary>From a call to its answer: find the tool, check the arguments, run it, map faults, and answer with a task where the client takes one.</summary>
internal sealed class ToolDispatcher(ToolBox tools, McpStudio studio)
{
    public async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        var name = request.Params.Name;
        if (!tools.TryGet(name, out var tool))
        {
            throw new McpProtocolException($"There is no tool \"{Content.PlainText.Clean(name, 80)}\" here. tools/list shows what there is.", McpErrorCode.InvalidParams);
        }

        var client = RequestClient.Of(request.JsonRpcRequest);
        try
        {
            var arguments = tool.Spec.Read(request.Params.Arguments);
            RefuseWithoutScope(tool.Spec, client);
            await RefuseTooOftenAsync(tool.Spec, client, cancel);
            var takesTask = tool.Spec.StartsJob && TaskMethods.OptedIn(request.JsonRpcRequest);
            var answer = await tool.RunAsync(new ToolCall(arguments, client, studio, ToolProgress.Of(request)) { TakesTask = takesTask }, cancel);
            return takesTask && answer.Job is { } job && !job.Status.IsFinal()
                ? TaskMethods.Created(JobTasks.StateOf(job))
                : answer.ToResult();
        }
        catch (KinoraException fault)
        {
            return await RefuseAsync(tool, fault, client, cancel);
        }
        catch (Exception fault) when (fault is not (McpException or InputRequiredException) && !(fault is OperationCanceledException && cancel.IsCancellationRequested))
        {
            return await RefuseAsync(tool, McpErrors.Unexpected(fault, studio.IsOpen ? studio.Log : null), client, cancel);
        }
    }

    private async ValueTask<CallToolResult> RefuseAsync(McpTool tool, KinoraException fault, McpClientInfo client, CancellationToken cancel) =>
        (await tool.RefuseAsync(fault, client, studio, cancel))?.ToResult() ?? McpErrors.ToResult(fault, tool.Spec, other => tools.TryGet(other, out _));

    private async Task RefuseTooOftenAsync(ToolSpec spec, McpClientInfo client, CancellationToken cancel)
    {
        if (spec.Effect == ToolEffect.Pays)
        {
            await studio.Creates.TakeAsync(client.Caller, cancel);
        }
    }

    private static void RefuseWithoutScope(ToolSpec spec, McpClientInfo client)
    {
        if (!client.MayCreate && spec.Effect != ToolEffect.Reads)
        {
            throw new KinoraException(ErrorCodes.ScopeMissing, $"This key may only read; {spec.Name} needs a key with the scope \"create\".");
        }
    }
}
