using System.Diagnostics;
using System.Text;

namespace Kinora.Bench.Mcp;

/// <summary>An MCP server over HTTP. Disposing kills it.</summary>
internal sealed class HttpServer(Process process, Uri url) : IDisposable
{
    public int ProcessId => process.Id;

    public Uri Url { get; } = url;

    /// <summary>A whole request, ready but for its id.</summary>
    /// <param name="session">Of an older revision, from <see cref="OpenSessionAsync"/>.</param>
    public byte[] Request(StatusCall call, string? session)
    {
        var headers = $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{Url.Port}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
            + (session is null ? "" : $"Mcp-Session-Id: {session}\r\n");
        return [.. Encoding.ASCII.GetBytes($"{headers}{call.Headers}Content-Length: {call.Body.Length}\r\n\r\n"), .. call.Body];
    }

    public async Task<string> OpenSessionAsync()
    {
        using var http = new HttpClient();
        using var hello = Message("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""");
        using var answer = (await http.SendAsync(hello)).EnsureSuccessStatusCode();
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var ready = Message("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        ready.Headers.Add("Mcp-Session-Id", session);
        using var taken = (await http.SendAsync(ready)).EnsureSuccessStatusCode();
        return session;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private HttpRequestMessage Message(string json)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/mcp")) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        message.Headers.Add("Accept", "application/json, text/event-stream");
        return message;
    }
}
