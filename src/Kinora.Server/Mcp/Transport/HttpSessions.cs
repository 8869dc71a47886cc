using System.Buffers.Text;
using System.Collections.Concurrent;
using Kinora.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Transport;

/// <summary>The sessions of clients of the older revisions. A session belongs to the caller who opened it; idle ones end, and so does the idlest when there are too many.</summary>
internal sealed class HttpSessions(Func<McpServerOptions> options, IRandomBytes random, TimeProvider time) : IAsyncDisposable
{
    private const int Most = 2_000;
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private long _lastSweep = time.GetTimestamp();

    public int Count => _sessions.Count;

    public HttpSession Open(McpClientInfo client)
    {
        Sweep();
        Span<byte> bits = stackalloc byte[24];
        random.Fill(bits);
        var id = Base64Url.EncodeToString(bits);
        var session = new HttpSession(id, client, options(), time);
        _sessions[id] = session;
        return session;
    }

    /// <summary>Null when unknown, at an end, or another caller's: those answer the same.</summary>
    public HttpSession? Find(string id, McpClientInfo client)
    {
        if (!_sessions.TryGetValue(id, out var session) || session.Client.Caller != client.Caller)
        {
            return null;
        }

        session.Touch();
        return session;
    }

    public async Task CloseAsync(HttpSession session)
    {
        _sessions.TryRemove(session.Id, out _);
        await session.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            await CloseAsync(session);
        }
    }

    private void Sweep()
    {
        if (_sessions.Count < Most && time.GetElapsedTime(_lastSweep) < TimeSpan.FromMinutes(1))
        {
            return;
        }

        _lastSweep = time.GetTimestamp();
        var idle = _sessions.Values.Where(s => !s.InUse).OrderByDescending(s => s.Idle).ToList();
        foreach (var session in idle.Where((s, i) => s.Idle > LongestIdle || i <= _sessions.Count - Most))
        {
            _ = CloseAsync(session);
        }
    }
}

/// <summary>One client of an older revision: its own server object and transport, nothing shared with any other.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _running;
    private readonly TimeProvider _time;
    private long _usedAt;
    private int _uses;

    public HttpSession(string id, McpClientInfo client, McpServerOptions options, TimeProvider time)
    {
        Id = id;
        Client = client;
        _time = time;
        Transport = new StreamableHttpServerTransport { SessionId = id };
        _server = McpServer.Create(Transport, options);
        _running = _server.RunAsync(CancellationToken.None);
        Touch();
    }

    public string Id { get; }

    public McpClientInfo Client { get; }

    public StreamableHttpServerTransport Transport { get; }

    public TimeSpan Idle => _time.GetElapsedTime(Volatile.Read(ref _usedAt));

    public bool InUse => Volatile.Read(ref _uses) > 0;

    public void Touch() => Volatile.Write(ref _usedAt, _time.GetTimestamp());

    public async Task<bool> PostAsync(JsonRpcMessage message, Stream response, Func<JsonRpcMessage?, ValueTask> starting, CancellationToken cancel)
    {
        Interlocked.Increment(ref _uses);
        try
        {
            return await Transport.HandlePostRequestAsync(message, response, starting, cancel);
        }
        finally
        {
            Touch();
            Interlocked.Decrement(ref _uses);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await _server.DisposeAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
