using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Kinora.Server.Tests.Realtime;

/// <summary>A client that sends exactly what a test says, well formed or not.</summary>
internal sealed class RawClient(RealtimeScene scene) : IDisposable
{
    public const string Polling = "/socket.io/?EIO=4&transport=polling";
    public const string WebSocket = "/socket.io/?EIO=4&transport=websocket";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = scene.Url, Timeout = Patience };

    public async Task<(int Status, string Body)> GetAsync(string path, params (string, string)[] headers) => await SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<(int Status, string Body)> PostAsync(string path, string body) => await SendAsync(HttpMethod.Post, path, new StringContent(body), []);

    public async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, HttpContent? body, (string Name, string Value)[] headers)
    {
        using var answer = await AnswerAsync(method, path, body, headers);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> AnswerAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    /// <summary>A new polling session: its address.</summary>
    public async Task<string> BeginAsync()
    {
        var (_, body) = await GetAsync(Polling);
        return $"{Polling}&sid={JsonDocument.Parse(body[1..]).RootElement.GetProperty("sid").GetString()}";
    }

    /// <summary>The same, signed in.</summary>
    public async Task<string> BeginAsync(string user)
    {
        var session = await BeginAsync();
        await PostAsync(session, $$"""40{"token":"token-{{user}}"}""");
        await GetAsync(session);
        return session;
    }

    public async Task<RawSocket> ConnectAsync(string path = WebSocket)
    {
        var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{scene.Port}{path}"), limit.Token);
        return new RawSocket(socket);
    }

    public async Task<RawSocket> ConnectAsync(string user, bool signIn)
    {
        var socket = await ConnectAsync();
        await socket.NextAsync();
        if (signIn)
        {
            await socket.SendAsync($$"""40{"token":"token-{{user}}"}""");
            await socket.NextAsync();
        }

        return socket;
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Messages of a WebSocket, one by one.</summary>
internal sealed class RawSocket(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>The next message; null when the connection is closed or broken. Pings are answered, not told.</summary>
    public async Task<string?> NextAsync(bool pings = false)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
                    return null;
                }

                text.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
                if (read.EndOfMessage)
                {
                    if (pings || text.ToString() != "2")
                    {
                        return text.ToString();
                    }

                    text.Clear();
                    await SendAsync("3");
                }
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>All messages until the connection ends.</summary>
    public async Task<List<string>> RestAsync()
    {
        var all = new List<string>();
        while (await NextAsync(pings: true) is { } text)
        {
            all.Add(text);
        }

        return all;
    }

    public Task SendAsync(string text, bool end = true) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, end);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary, bool end = true)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await socket.SendAsync(bytes, type, end, limit.Token);
        }
        catch (WebSocketException)
        {
            // The server has closed it already; what it said is read next.
        }
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose() => socket.Dispose();
}
