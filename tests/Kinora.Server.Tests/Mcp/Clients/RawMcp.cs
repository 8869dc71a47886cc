using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>A client with nothing between the test and the wire: it chooses its ids, and it sees every message of its stream.</summary>
internal sealed class RawMcp(string url, bool modern) : IDisposable
{
    private const string Modern = "2026-07-28";

    private readonly HttpClient _http = new();
    private string? _session;
    private long _next;

    /// <summary>Takes tasks as answers.</summary>
    public bool Tasks { get; init; }

    /// <summary>The older revisions begin with a handshake; without a session they serve nothing else.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        if (!modern)
        {
            var hello = new JsonObject
            {
                ["protocolVersion"] = "2025-11-25",
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
            };
            await CallAsync("initialize", hello, cancel);
        }
    }

    public async Task<JsonElement> ToolAsync(string name, JsonObject arguments, CancellationToken cancel, string? progressToken = null)
    {
        var given = new JsonObject { ["name"] = name, ["arguments"] = arguments };
        if (progressToken is not null)
        {
            given["_meta"] = new JsonObject { ["progressToken"] = progressToken };
        }

        return await CallAsync("tools/call", given, cancel, name);
    }

    /// <summary>The result of one request. Ids are 0, 1, 2 and so on: the same for every client.</summary>
    public async Task<JsonElement> CallAsync(string method, JsonObject given, CancellationToken cancel, string? routingName = null)
    {
        var id = _next++;
        using var request = Request(id, method, given, routingName);
        using var response = await _http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        if (response.Headers.TryGetValues("Mcp-Session-Id", out var session))
        {
            _session = session.Single();
        }

        var answers = Messages(text).Where(m => m.TryGetProperty("id", out _)).ToList();
        answers.Count.ShouldBe(1, text);
        answers[0].GetProperty("id").GetInt64().ShouldBe(id, text);
        return answers[0].TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(text);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(long id, string method, JsonObject given, string? routingName)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (modern)
        {
            AddModern(request, method, given, routingName);
        }
        else if (_session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", _session);
            request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        }

        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = given };
        request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        return request;
    }

    private void AddModern(HttpRequestMessage request, string method, JsonObject given, string? routingName)
    {
        request.Headers.Add("MCP-Protocol-Version", Modern);
        request.Headers.Add("Mcp-Method", method);
        if (routingName is not null)
        {
            request.Headers.Add("Mcp-Name", routingName);
        }

        var meta = given["_meta"] as JsonObject ?? [];
        given["_meta"] = meta;
        meta["io.modelcontextprotocol/protocolVersion"] = Modern;
        meta["io.modelcontextprotocol/clientCapabilities"] = Tasks
            ? new JsonObject { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() } }
            : new JsonObject();
    }

    /// <summary>The messages of a stream, or the one of a plain answer.</summary>
    private static IEnumerable<JsonElement> Messages(string text) => text.StartsWith('{')
        ? [JsonElement.Parse(text)]
        : text.Split('\n').Where(l => l.StartsWith("data:", StringComparison.Ordinal)).Select(l => JsonElement.Parse(l["data:".Length..]));
}
