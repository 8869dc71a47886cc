using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Bench.Images;

/// <summary><c>kinora serve</c> with every tool, called one tool after the other. Disposing kills it.</summary>
internal sealed class ToolServer(Process process, Uri url) : IDisposable
{
    private const string Meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private int _id;

    public int ProcessId => process.Id;

    public static async Task<ToolServer> StartAsync(ProgramScene scene)
    {
        var (process, url) = await scene.ServeAsync(scene.Program, "serve", "--urls", "http://127.0.0.1:4022", "--toolsets", "all");
        return new ToolServer(process, url);
    }

    /// <summary>The structured answer of a call.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonObject> CallAsync(string tool, JsonObject arguments)
    {
        var body = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = ++_id,
            ["method"] = "tools/call",
            ["params"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments, ["_meta"] = JsonNode.Parse(Meta) },
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/mcp")) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        message.Headers.Add("Accept", "application/json, text/event-stream");
        message.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        message.Headers.Add("Mcp-Method", "tools/call");
        message.Headers.Add("Mcp-Name", tool);
        using var answer = (await _http.SendAsync(message)).EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        // An event stream, or plain JSON.
        var json = JsonNode.Parse(text.StartsWith('{') ? text : text.Split('\n').Last(l => l.StartsWith("data:", StringComparison.Ordinal))["data:".Length..])!;
        return json["result"] is JsonObject result && result["isError"]?.GetValue<bool>() != true
            ? (JsonObject)result["structuredContent"]!
            : throw new InvalidOperationException(text);
    }

    public void Dispose()
    {
        _http.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
