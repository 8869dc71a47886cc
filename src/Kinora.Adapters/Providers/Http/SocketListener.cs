using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// Hears what a server tells over a WebSocket, as long as anybody wants to know. Nothing may depend on it: where it cannot be had, or breaks off, it is tried again
/// when somebody asks, after a pause.
/// </summary>
/// <param name="path">Below the endpoint's address.</param>
/// <param name="isWanted">Asked before each message is waited for; false hangs up.</param>
/// <param name="take">Gets each text message, whole.</param>
internal sealed class SocketListener(Endpoint endpoint, string path, Func<bool> isWanted, Action<byte[]> take, TimeProvider clock) : IDisposable
{
    private const int LongestMessage = 1024 * 1024;
    private static readonly TimeSpan _pauseAfterEnd = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task _listening = Task.CompletedTask;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Listens from now on, if it does not already. Waits for nothing.</summary>
    public void Listen()
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

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "what is not heard is no fault, whatever the reason")]
    private async Task ListenAsync(CancellationToken end)
    {
        try
        {
            using var socket = new ClientWebSocket();
            using var invoker = Transports.ForSockets(endpoint);
            if (endpoint.ApiKey is { Length: > 0 } key)
            {
                socket.Options.SetRequestHeader(endpoint.KeyHeader, endpoint.KeyPrefix + key);
            }

            var address = new UriBuilder(endpoint.At(path)) { Scheme = endpoint.BaseUrl.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
            await socket.ConnectAsync(address, invoker, end);
            var buffer = new byte[16 * 1024];
            while (isWanted() && await ReadAsync(socket, buffer, end) is { } message)
            {
                take(message);
            }
        }
        catch (Exception)
        {
            // Tried again when somebody asks, after a pause.
        }

        _notBefore = clock.GetUtcNow() + _pauseAfterEnd;
    }

    /// <summary>One text message; empty for binary ones and for what is too long; null at the end.</summary>
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
}
