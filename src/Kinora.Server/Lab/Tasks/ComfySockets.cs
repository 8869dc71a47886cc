using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>ComfyUI's WebSocket: tells everybody who listens how far a job is. A preview, which is binary, comes with it.</summary>
internal sealed class ComfySockets
{
    private readonly ConcurrentDictionary<WebSocket, byte> _open = new();

    public async Task ServeAsync(HttpContext context, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        _open[socket] = 0;
        try
        {
            await socket.ReceiveAsync(new byte[16], end.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // The other side has gone away.
        }

        _open.TryRemove(socket, out _);
    }

    /// <summary>The second of three nodes works, as far as the job was looked at.</summary>
    public async Task TellAsync(LabJob job)
    {
        foreach (var (type, data) in new[]
        {
            ("execution_cached", new JsonObject { ["nodes"] = new JsonArray("6"), ["prompt_id"] = job.Id }),
            ("progress", new JsonObject { ["value"] = Math.Min(job.Polls, 10), ["max"] = 10, ["node"] = "3", ["prompt_id"] = job.Id }),
        })
        {
            var message = Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data }.ToJsonString());
            foreach (var socket in _open.Keys)
            {
                try
                {
                    await socket.SendAsync(new byte[] { 0, 0, 0, 1 }, WebSocketMessageType.Binary, true, CancellationToken.None);
                    await socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
                }
                catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException or InvalidOperationException)
                {
                    _open.TryRemove(socket, out _);
                }
            }
        }
    }
}
