using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>One answer over HTTP.</summary>
/// <param name="Messages">Of the stream, or the one of a plain answer.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string Text, IReadOnlyList<JsonElement> Messages)
{
    public JsonElement Error => Messages.ShouldHaveSingleItem(Text).GetProperty("error");
}

/// <summary>The MCP endpoint of a real <c>kinora serve</c> with nothing between the test and the wire: bodies and headers are sent as they are given.</summary>
internal sealed class HttpMcp(string url, string? key = null) : IDisposable
{
    public const string Modern = "2026-07-28";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(90) };
    private string? _session;
    private long _last;

    /// <summary>The handshake of the older revisions.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        var answer = await PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{StdioMcp.Hello}}}""", cancel);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        _session = answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    /// <summary>The whole message that answers, with its result or error.</summary>
    public async Task<JsonElement> RequestAsync(string method, string given, CancellationToken cancel)
    {
        var answer = await PostAsync($$"""{"jsonrpc":"2.0","id":{{Interlocked.Increment(ref _last)}},"method":"{{method}}","params":{{given}}}""", cancel);
        return answer.Messages.Where(m => m.TryGetProperty("id", out _)).ShouldHaveSingleItem(answer.Text);
    }

    /// <param name="arguments">A JSON object.</param>
    public Task<JsonElement> ToolAsync(string name, string arguments, CancellationToken cancel) =>
        RequestAsync("tools/call", $$"""{"name":"{{name}}","arguments":{{arguments}}}""", cancel);

    /// <summary>A request of the newest revision; its headers repeat what its body says.</summary>
    /// <param name="given">Without <c>_meta</c>; a JSON object that has at least one property.</param>
    public Task<HttpAnswer> ModernAsync(string method, string given, string? name, CancellationToken cancel, bool tasks = false)
    {
        var capabilities = tasks ? """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""" : "{}";
        var meta = $$"""{"io.modelcontextprotocol/protocolVersion":"{{Modern}}","io.modelcontextprotocol/clientCapabilities":{{capabilities}}}""";
        var body = $$"""{"jsonrpc":"2.0","id":{{Interlocked.Increment(ref _last)}},"method":"{{method}}","params":{"_meta":{{meta}},{{given.TrimStart('{')}}}""";
        return PostAsync(body, cancel, [("MCP-Protocol-Version", Modern), ("Mcp-Method", method), .. name is null ? Array.Empty<(string, string)>() : [("Mcp-Name", name)]]);
    }

    public Task<HttpAnswer> PostAsync(string body, CancellationToken cancel, params (string Name, string Value)[] headers) =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), cancel, headers);

    public async Task<HttpAnswer> PostAsync(HttpContent content, CancellationToken cancel, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        if (_session is not null && !headers.Any(h => h.Name == "MCP-Protocol-Version"))
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", _session);
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        }

        using var answer = await _http.SendAsync(request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return new HttpAnswer(answer.StatusCode, answer.Headers, text, [.. Messages(text)]);
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<JsonElement> Messages(string text) => text.StartsWith('{')
        ? [JsonElement.Parse(text)]
        : text.Split('\n').Where(l => l.StartsWith("data:", StringComparison.Ordinal)).Select(l => JsonElement.Parse(l["data:".Length..]));
}
