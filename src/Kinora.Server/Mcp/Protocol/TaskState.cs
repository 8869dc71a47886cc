using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>The words of the tasks extension (<c>io.modelcontextprotocol/tasks</c>, SEP-2663, revision 2026-07-28).</summary>
internal enum TaskWord
{
    Working,
    InputRequired,

    /// <summary>The tool has answered, also with an error of its own.</summary>
    Completed,

    /// <summary>A fault of the protocol, not of the tool.</summary>
    Failed,
    Cancelled,
}

/// <summary>A task as the protocol shows it. Tasks outlive connections and processes: whoever keeps them keeps them durably.</summary>
/// <param name="Id">Opaque to clients.</param>
internal sealed record TaskState(string Id, TaskWord Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>What is going on, for people: tasks send no progress notifications.</summary>
    public string? Message { get; init; }

    /// <summary>How long clients should leave between two looks.</summary>
    public int PollMilliseconds { get; init; } = 2_000;

    /// <summary>For how long it is kept; null for ever.</summary>
    public long? TtlMilliseconds { get; init; }

    /// <summary>The tool's result, of a completed one.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>A JSON-RPC error, of a failed one.</summary>
    public JsonNode? Error { get; init; }

    /// <summary>What is asked of the client, while input is required.</summary>
    public JsonNode? InputRequests { get; init; }

    /// <param name="resultType"><c>task</c> in the answer to a call, <c>complete</c> in that to tasks/get; null in a notification.</param>
    public JsonObject ToJson(string? resultType)
    {
        var json = new JsonObject();
        if (resultType is not null)
        {
            json["resultType"] = resultType;
        }

        json["taskId"] = Id;
        json["status"] = Status switch
        {
            TaskWord.Working => "working",
            TaskWord.InputRequired => "input_required",
            TaskWord.Completed => "completed",
            TaskWord.Failed => "failed",
            _ => "cancelled",
        };
        if (Message is not null)
        {
            json["statusMessage"] = Message;
        }

        json["createdAt"] = Iso(CreatedAt);
        json["lastUpdatedAt"] = Iso(UpdatedAt);
        json["ttlMs"] = TtlMilliseconds;
        json["pollIntervalMs"] = PollMilliseconds;
        if (resultType != "task")
        {
            AddOutcome(json);
        }

        return json;
    }

    private void AddOutcome(JsonObject json)
    {
        switch (Status)
        {
            case TaskWord.Completed:
                json["result"] = Result?.DeepClone();
                break;
            case TaskWord.Failed:
                json["error"] = Error?.DeepClone();
                break;
            case TaskWord.InputRequired:
                json["inputRequests"] = InputRequests?.DeepClone();
                break;
        }
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Whoever keeps tasks.</summary>
internal interface ITaskBook
{
    /// <summary>Null when unknown, or another's.</summary>
    Task<TaskState?> FindAsync(McpClientInfo client, string taskId, CancellationToken cancel);

    /// <summary>Hands over what the client answered; answers nobody asked for are ignored.</summary>
    Task AnswerAsync(McpClientInfo client, string taskId, JsonObject inputResponses, CancellationToken cancel);

    /// <summary>Asks for an end; harmless on a task that has one.</summary>
    Task CancelAsync(McpClientInfo client, string taskId, CancellationToken cancel);
}
