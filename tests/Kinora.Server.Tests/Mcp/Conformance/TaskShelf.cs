using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Tasks kept in memory, for fixtures.</summary>
internal sealed class TaskShelf(TimeProvider time) : ITaskBook, IDisposable
{
    private readonly ConcurrentDictionary<string, FixtureTask> _tasks = new();

    /// <summary>Begins work in the background; whatever it answers becomes the outcome of the task.</summary>
    public TaskState Begin(Func<FixtureTask, CancellationToken, Task<CallToolResult>> work)
    {
        var task = new FixtureTask(Guid.NewGuid().ToString("N"), time);
        _tasks[task.Id] = task;
        _ = Task.Run(() => task.RunAsync(work));
        return task.State;
    }

    public Task<TaskState?> FindAsync(McpClientInfo client, string taskId, CancellationToken cancel) =>
        Task.FromResult(_tasks.TryGetValue(taskId, out var task) ? task.State : null);

    public Task AnswerAsync(McpClientInfo client, string taskId, JsonObject inputResponses, CancellationToken cancel)
    {
        _tasks[taskId].Answer(inputResponses);
        return Task.CompletedTask;
    }

    public Task CancelAsync(McpClientInfo client, string taskId, CancellationToken cancel)
    {
        _tasks[taskId].Cancel();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var task in _tasks.Values)
        {
            task.Dispose();
        }
    }
}

/// <summary>One task of the <see cref="TaskShelf"/>: it may ask its client and waits for every answer.</summary>
internal sealed class FixtureTask : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, (JsonObject Request, TaskCompletionSource<JsonNode?> Answer)> _questions = [];
    private int _asked;
    private TaskState _state;

    public FixtureTask(string id, TimeProvider time)
    {
        Id = id;
        _time = time;
        _state = new TaskState(id, TaskWord.Working, time.GetUtcNow(), time.GetUtcNow()) { PollMilliseconds = 100, TtlMilliseconds = 600_000 };
    }

    public string Id { get; }

    public TaskState State
    {
        get
        {
            lock (_lock)
            {
                return _questions.Count == 0
                    ? _state
                    : _state with { Status = TaskWord.InputRequired, InputRequests = new JsonObject(_questions.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value.Request.DeepClone()))) };
            }
        }
    }

    /// <summary>What a server's request to its client becomes inside a task; for <c>McpServer.WithOutgoingRequestInterceptor</c>.</summary>
    public async ValueTask<JsonNode?> AskAsync(string method, JsonNode? given, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _questions[$"input-{++_asked}"] = (new JsonObject { ["method"] = method, ["params"] = given?.DeepClone() }, answer);
        }

        return await answer.Task.WaitAsync(cancel);
    }

    public void Answer(JsonObject responses)
    {
        lock (_lock)
        {
            foreach (var (key, value) in responses)
            {
                if (_questions.Remove(key, out var question))
                {
                    question.Answer.SetResult(value?.DeepClone());
                }
            }
        }
    }

    public void Cancel() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    public async Task RunAsync(Func<FixtureTask, CancellationToken, Task<CallToolResult>> work)
    {
        try
        {
            var result = await work(this, _stop.Token);
            End(TaskWord.Completed, s => s with { Result = JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions) });
        }
        catch (OperationCanceledException)
        {
            End(TaskWord.Cancelled, s => s);
        }
        catch (McpProtocolException fault)
        {
            End(TaskWord.Failed, s => s with { Error = new JsonObject { ["code"] = (int)fault.ErrorCode, ["message"] = fault.Message } });
        }
    }

    private void End(TaskWord word, Func<TaskState, TaskState> outcome)
    {
        lock (_lock)
        {
            _questions.Clear();
            _state = outcome(_state with { Status = word, UpdatedAt = _time.GetUtcNow() });
        }
    }
}
