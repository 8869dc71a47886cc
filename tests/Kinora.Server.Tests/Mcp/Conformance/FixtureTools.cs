using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>One call of a fixture.</summary>
internal sealed record FixtureCall(RequestContext<CallToolRequestParams> Context)
{
    public McpServer Server => Context.Server;

    public CallToolRequestParams Params => Context.Params;

    public JsonRpcRequest Request => Context.JsonRpcRequest;

    public bool IsModern => McpVersions.IsModern(Request.Context?.ProtocolVersion);

    public bool TakesTasks => TaskMethods.OptedIn(Request);

    /// <summary>Whether the client said, on this very call, that it can do this.</summary>
    public bool Can(string capability) => (Request.Params?["_meta"]?[MetaKeys.ClientCapabilities] as JsonObject)?.ContainsKey(capability) == true;

    public string Text(string name) => Params.Arguments?.TryGetValue(name, out var value) == true ? value.ToString() : "";

    public Task NotifyAsync(string method, JsonObject given, CancellationToken cancel) =>
        Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = given }, cancel);

    /// <summary>A request to the client in the revisions that have such.</summary>
    public async Task<JsonNode?> AskAsync(string method, string json, CancellationToken cancel) =>
        (await Server.SendRequestAsync(new JsonRpcRequest { Method = method, Params = JsonNode.Parse(json) }, cancel)).Result;
}

/// <summary>The tools the conformance suite asks for, written from the descriptions of its scenarios.</summary>
internal sealed class FixtureTools
{
    private readonly Dictionary<string, (Tool Tool, Func<FixtureCall, CancellationToken, Task<ResultOrAlternate<CallToolResult>>> Play)> _all = new(StringComparer.Ordinal);

    public FixtureTools(FixtureNews news, TaskShelf shelf)
    {
        PlainFixtures.AddTo(this, news);
        AskingFixtures.AddTo(this);
        TaskFixtures.AddTo(this, shelf);
        Listed = [.. _all.Values.Select(t => t.Tool)];
    }

    public IList<Tool> Listed { get; }

    public ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel) =>
        _all.TryGetValue(request.Params.Name, out var found)
            ? new(found.Play(new FixtureCall(request), cancel))
            : throw new McpProtocolException($"There is no tool {request.Params.Name}.", McpErrorCode.InvalidParams);

    public void Add(string name, Func<FixtureCall, CallToolResult> play, string arguments = "{}") =>
        AddAny(name, (call, _) => Task.FromResult<ResultOrAlternate<CallToolResult>>(play(call)), arguments);

    public void Add(string name, Func<FixtureCall, CancellationToken, Task<CallToolResult>> play, string arguments = "{}") =>
        AddAny(name, async (call, cancel) => await play(call, cancel), arguments);

    /// <param name="arguments">The properties of the input schema, or a whole schema.</param>
    public void AddAny(string name, Func<FixtureCall, CancellationToken, Task<ResultOrAlternate<CallToolResult>>> play, string arguments = "{}") =>
        _all.Add(name, (new Tool
        {
            Name = name,
            Description = $"Fixture {name}",
            InputSchema = JsonElement.Parse(arguments.Contains("\"$schema\"", StringComparison.Ordinal) ? arguments : $$"""{"type":"object","properties":{{arguments}}}"""),
        }, play));

    public static CallToolResult Says(string text) => Holds(new TextContentBlock { Text = text });

    public static CallToolResult Holds(params ContentBlock[] blocks) => new() { Content = [.. blocks] };

    public static CallToolResult Fails(string text)
    {
        var result = Says(text);
        result.IsError = true;
        return result;
    }
}
