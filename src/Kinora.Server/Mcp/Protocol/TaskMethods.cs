using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>The tasks extension on the wire: <c>tasks/get</c>, <c>tasks/update</c>, <c>tasks/cancel</c>, and a task as the answer to a call.</summary>
internal static class TaskMethods
{
    public const string ExtensionId = "io.modelcontextprotocol/tasks";

    public static void AddTo(McpServerOptions options, ITaskBook tasks)
    {
        options.Capabilities ??= new ServerCapabilities();
        options.Capabilities.Extensions ??= new Dictionary<string, object>();
        options.Capabilities.Extensions[ExtensionId] = new JsonObject();
        options.RequestHandlers ??= [];
        Add(options, "tasks/get", async (request, id, cancel) =>
            (await tasks.FindAsync(RequestClient.Of(request), id, cancel) ?? throw Unknown(id)).ToJson("complete"));
        Add(options, "tasks/update", async (request, id, cancel) =>
        {
            var client = RequestClient.Of(request);
            _ = await tasks.FindAsync(client, id, cancel) ?? throw Unknown(id);
            if (request.Params?["inputResponses"] is not JsonObject responses)
            {
                throw new McpProtocolException("inputResponses must be an object.", McpErrorCode.InvalidParams);
            }

            await tasks.AnswerAsync(client, id, responses, cancel);
            return new JsonObject { ["resultType"] = "complete" };
        });
        Add(options, "tasks/cancel", async (request, id, cancel) =>
        {
            var client = RequestClient.Of(request);
            _ = await tasks.FindAsync(client, id, cancel) ?? throw Unknown(id);
            await tasks.CancelAsync(client, id, cancel);
            return new JsonObject { ["resultType"] = "complete" };
        });
    }

    /// <summary>Whether the client takes a task as the answer to this call. It says so on each call anew.</summary>
    public static bool OptedIn(JsonRpcRequest request) =>
        McpVersions.IsModern(request.Context?.ProtocolVersion)
        && request.Params?["_meta"]?[MetaKeys.ClientCapabilities]?["extensions"] is JsonObject extensions && extensions.ContainsKey(ExtensionId);

    /// <summary>The answer to a client that did not opt in, where there is no other way.</summary>
    public static McpProtocolException NotOptedIn() => new MissingRequiredClientCapabilityException(
        new ClientCapabilities { Extensions = new Dictionary<string, object> { [ExtensionId] = new JsonObject() } },
        $"This needs the client capability '{ExtensionId}'.");

    /// <summary>A task as the answer to a call. It must be durable already.</summary>
    public static ResultOrAlternate<CallToolResult> Created(TaskState task) =>
        ResultOrAlternate<CallToolResult>.FromAlternate(new CreatedTask(task), CreatedTask.TypeInfo);

    private static void Add(McpServerOptions options, string method, Func<JsonRpcRequest, string, CancellationToken, Task<JsonNode?>> handle) =>
        options.RequestHandlers!.Add(new McpServerRequestHandler
        {
            Method = method,
            RoutingNameParameter = "taskId",
            Handler = async (request, cancel) =>
            {
                if (!McpVersions.IsModern(request.Context?.ProtocolVersion))
                {
                    throw new McpProtocolException($"Method '{method}' is not available in this protocol version.", McpErrorCode.MethodNotFound);
                }

                if (!OptedIn(request))
                {
                    throw NotOptedIn();
                }

                return request.Params?["taskId"] is JsonValue value && value.TryGetValue(out string? id)
                    ? await handle(request, id, cancel)
                    : throw new McpProtocolException("taskId must be given as text.", McpErrorCode.InvalidParams);
            },
        });

    private static McpProtocolException Unknown(string id) => new($"There is no task \"{Content.PlainText.Clean(id, 60)}\".", McpErrorCode.InvalidParams);

    /// <summary>Writes itself as the flat task object.</summary>
    private sealed class CreatedTask : Result
    {
        private readonly TaskState _task;

        public CreatedTask(TaskState task)
        {
            _task = task;
            ResultType = "task";
        }

        public static JsonTypeInfo<CreatedTask> TypeInfo { get; } =
            JsonMetadataServices.CreateValueInfo<CreatedTask>(McpJsonUtilities.DefaultOptions, new Writer());

        private sealed class Writer : JsonConverter<CreatedTask>
        {
            public override CreatedTask Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
                throw new NotSupportedException();

            public override void Write(System.Text.Json.Utf8JsonWriter writer, CreatedTask value, System.Text.Json.JsonSerializerOptions options) =>
                value._task.ToJson("task").WriteTo(writer);
        }
    }
}
