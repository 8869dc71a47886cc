using System.Globalization;
using System.Text.Json;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Kinora.Server.Tests.Mcp.Conformance.FixtureTools;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Fixtures that may become tasks: some only when the client takes tasks, some never otherwise.</summary>
internal static class TaskFixtures
{
    private delegate Task<CallToolResult> Work(McpServer server, CancellationToken cancel);

    public static void AddTo(FixtureTools tools, TaskShelf shelf)
    {
        tools.Add("greet", call => Says($"Hello, {call.Text("name")}!"), """{"name":{"type":"string"}}""");
        tools.AddAny(
            "slow_compute",
            (call, cancel) => PlayAsync(call, shelf, (_, stop) => ComputeAsync(call, stop), cancel),
            """{"seconds":{"type":"number"},"label":{"type":"string"}}""");
        tools.AddAny("failing_job", (call, _) => Task.FromResult(Begin(call, shelf, (_, _) => Task.FromResult(Fails("This job always fails.")))));
        tools.AddAny("protocol_error_job", (call, _) => Task.FromResult(
            Begin(call, shelf, (_, _) => throw new McpProtocolException("A fault of the protocol.", McpErrorCode.InternalError))));
        tools.AddAny(
            "confirm_delete",
            (call, cancel) => PlayAsync(call, shelf, async (server, stop) => Says($"{await ConfirmAsync(server, $"Delete {call.Text("filename")}?", stop)}."), cancel),
            """{"filename":{"type":"string"}}""");
        tools.AddAny("multi_input", (call, cancel) => PlayAsync(call, shelf, TwoQuestionsAsync, cancel));
        tools.AddAny("test_tool_with_task", (call, _) =>
        {
            var name = Questions.Text(call.Params, "user_name", "name", "What is your name?");
            return Task.FromResult(Begin(call, shelf, (_, _) => Task.FromResult(Says($"Hello, {name}!"))));
        });
    }

    private static async Task<ResultOrAlternate<CallToolResult>> PlayAsync(FixtureCall call, TaskShelf shelf, Work work, CancellationToken cancel) =>
        call.TakesTasks ? Begin(call, shelf, work) : await work(call.Server, cancel);

    /// <summary>A task, or the error of a tool that cannot do without.</summary>
    private static ResultOrAlternate<CallToolResult> Begin(FixtureCall call, TaskShelf shelf, Work work)
    {
        if (!call.TakesTasks)
        {
            throw TaskMethods.NotOptedIn();
        }

        // The connection ends with the answer; from then on questions wait in the task.
        return TaskMethods.Created(shelf.Begin((task, stop) => work(call.Server.WithOutgoingRequestInterceptor(task.AskAsync), stop)));
    }

    private static async Task<CallToolResult> ComputeAsync(FixtureCall call, CancellationToken cancel)
    {
        var seconds = double.TryParse(call.Text("seconds"), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : 0;
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
        return Says($"Computed {call.Text("label")}.");
    }

    private static async Task<CallToolResult> TwoQuestionsAsync(McpServer server, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(ConfirmAsync(server, "First?", cancel), ConfirmAsync(server, "Second?", cancel));
        return Says(string.Join(", ", answers));
    }

    private static async Task<string> ConfirmAsync(McpServer server, string question, CancellationToken cancel)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = question,
                RequestedSchema = new() { Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { ["confirm"] = new ElicitRequestParams.BooleanSchema() } },
            },
            cancel);
        return answer.IsAccepted && answer.Content?.TryGetValue("confirm", out var confirmed) == true && confirmed.ValueKind == JsonValueKind.True ? "Confirmed" : "Declined";
    }
}
