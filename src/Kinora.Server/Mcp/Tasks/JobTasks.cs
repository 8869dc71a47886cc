using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Protocol;
using Kinora.Server.Mcp.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tasks;

/// <summary>Tasks are views of jobs: the id is the job's, so that it is durable, bound to its owner, and good after any restart.</summary>
internal sealed class JobTasks(McpStudio studio) : ITaskBook
{
    public async Task<TaskState?> FindAsync(McpClientInfo client, string taskId, CancellationToken cancel)
    {
        try
        {
            return StateOf(await studio.Generation.GetAsync(client.Caller, taskId, cancel));
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }

    /// <summary>Our tasks ask nothing.</summary>
    public Task AnswerAsync(McpClientInfo client, string taskId, JsonObject inputResponses, CancellationToken cancel) => Task.CompletedTask;

    public async Task CancelAsync(McpClientInfo client, string taskId, CancellationToken cancel)
    {
        try
        {
            await studio.Generation.CancelAsync(client.Caller, taskId, cancel);
        }
        catch (KinoraException fault) when (fault.Code is ErrorCodes.InvalidRequest or ErrorCodes.UnsupportedByModel)
        {
            // At its end already, or its provider cannot stop it: cancelling is a wish, and the state tells what came of it.
        }
    }

    public static TaskState StateOf(Job job) => new(job.PublicId, Word(job), job.CreatedAt, job.UpdatedAt)
    {
        Message = job.Status.IsFinal() ? PlainText.Clean(JobWords.Describe(job), 300) : JobWords.Short(job),
        Result = job.Status.IsFinal() && job.Status != JobStatus.Cancelled ? Result(job) : null,
    };

    private static TaskWord Word(Job job) => job.Status switch
    {
        JobStatus.Cancelled => TaskWord.Cancelled,
        _ when job.Status.IsFinal() => TaskWord.Completed,
        _ => TaskWord.Working,
    };

    /// <summary>What the tool would have answered had it waited; of a failed job a result with <c>isError</c>.</summary>
    private static JsonNode? Result(Job job)
    {
        var answer = ToolAnswer.Of(json => JobObject.Write(json, job), JobWords.Describe(job)) with { IsError = job.Status != JobStatus.Completed };
        return JsonSerializer.SerializeToNode(answer.ToResult(), McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));
    }
}
