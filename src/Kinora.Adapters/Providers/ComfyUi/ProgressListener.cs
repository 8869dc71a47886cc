using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>
/// Hears over ComfyUI's WebSocket how far jobs are, as long as there are any. Nothing depends on it: where it cannot be had, jobs have no figures of progress.
/// </summary>
internal sealed class ProgressListener(Endpoint endpoint, TimeProvider clock) : IDisposable
{
    private const int MostJobs = 1_000;
    private const int LongestMessage = 1024 * 1024;
    private static readonly TimeSpan _pauseAfterFault = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Heard> _jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task _listening = Task.CompletedTask;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Messages about a job go to the client that made it.</summary>
    public string ClientId { get; } = "kinora-" + Guid.NewGuid().ToString("N");

    /// <param name="nodes">How many nodes its graph has.</param>
    public void Follow(string id, int nodes)
    {
        if (_jobs.Count >= MostJobs)
        {
            _jobs.Clear();
        }

        _jobs[id] = new Heard(Math.Max(1, nodes));
        Listen();
    }

    /// <summary>How far a job is, 0 to 1; null when nothing was heard of it.</summary>
    public double? Of(string id)
    {
        if (!_jobs.TryGetValue(id, out var heard))
        {
            return null;
        }

        Listen();
        return heard.Part;
    }

    public void Forget(string id) => _jobs.TryRemove(id, out _);

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private void Listen()
    {
        lock (_gate)
        {
            if (_listening.IsCompleted && clock.GetUtcNow() >= _notBefore && !_end.IsCancellationRequested)
            {
                var end = _end.Token;
                _listening = Task.Run(() => ListenAsync(end), end);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "a figure that is not heard is no fault, whatever the reason")]
    private async Task ListenAsync(CancellationToken end)
    {
        try
        {
            using var socket = new ClientWebSocket();
            using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) };
            using var invoker = new HttpMessageInvoker(handler);
            if (endpoint.ApiKey is { Length: > 0 } key)
            {
                socket.Options.SetRequestHeader(endpoint.KeyHeader, endpoint.KeyPrefix + key);
            }

            var address = new UriBuilder(endpoint.At($"/ws?clientId={ClientId}")) { Scheme = endpoint.BaseUrl.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
            await socket.ConnectAsync(address, invoker, end);
            var buffer = new byte[16 * 1024];
            while (!_jobs.IsEmpty && await ReadAsync(socket, buffer, end) is { } message)
            {
                Take(message);
            }
        }
        catch (Exception)
        {
            // Tried again when somebody asks, after a pause.
        }

        _notBefore = clock.GetUtcNow() + _pauseAfterFault;
    }

    /// <summary>One text message; empty for previews, which are binary, and for what is too long; null at the end.</summary>
    private static async Task<byte[]?> ReadAsync(ClientWebSocket socket, byte[] buffer, CancellationToken end)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), end);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Text && message.Length + part.Count <= LongestMessage)
            {
                message.Write(buffer, 0, part.Count);
            }

            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    private void Take(byte[] message)
    {
        WireMessage? heard;
        try
        {
            heard = message.Length == 0 ? null : JsonSerializer.Deserialize(message, ComfyUiJson.Default.WireMessage);
        }
        catch (JsonException)
        {
            return;
        }

        if (heard?.Data is { PromptId: { } id } data && _jobs.TryGetValue(id, out var job))
        {
            job.Take(heard.Type, data);
        }
    }

    /// <summary>What was heard of one job: how many of its nodes are done, and how far the present one is.</summary>
    private sealed class Heard(int nodes)
    {
        private readonly HashSet<string> _done = [];
        private string? _node;
        private double _part = -1;

        public double? Part => Volatile.Read(ref _part) is >= 0 and var part ? part : null;

        public void Take(string? type, WireProgress data)
        {
            var within = 0.0;
            switch (type)
            {
                case "execution_cached" when data.Nodes.ValueKind == JsonValueKind.Array:
                    _done.UnionWith(data.Nodes.EnumerateArray().Select(node => node.ToString()));
                    break;
                case "executing" when data.Node.ValueKind == JsonValueKind.String:
                    Enter(data.Node.GetString()!);
                    break;
                case "progress" when data.Value.ValueKind == JsonValueKind.Number && data.Max.ValueKind == JsonValueKind.Number && data.Max.GetDouble() is > 0 and var most:
                    if (data.Node.ValueKind == JsonValueKind.String)
                    {
                        Enter(data.Node.GetString()!);
                    }

                    within = Math.Clamp(data.Value.GetDouble() / most, 0, 1);
                    break;
                default:
                    return;
            }

            Volatile.Write(ref _part, Math.Clamp((_done.Count + within) / nodes, Math.Max(0, _part), 1));
        }

        private void Enter(string node)
        {
            if (_node is { } before && before != node)
            {
                _done.Add(before);
            }

            _node = node;
        }
    }
}
