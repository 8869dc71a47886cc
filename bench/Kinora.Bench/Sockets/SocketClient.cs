using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinora.Bench.Sockets;

/// <summary>A Socket.IO client of few bytes: connects over WebSocket, answers pings, and notes when updates come. Takes frames of less than 126 bytes and of 16-bit length.</summary>
internal sealed class SocketClient(Action<long> updated) : IDisposable
{
    private static readonly byte[] Join = Masked("40{\"token\":\"x\"}");
    private static readonly byte[] Pong = Masked("3");
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[2_048];
    private int _length;

    /// <summary>Returns when it is in its room.</summary>
    public async Task ConnectAsync(Uri server)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await _socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        int head;
        while ((head = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        Drop(head + 4);
        Expect(await NextAsync(), "0");
        await _socket.SendAsync(Join);
        Expect(await NextAsync(), "40");
        _ = ListenAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var text = await NextAsync();
                var at = Stopwatch.GetTimestamp();
                if (text == "2")
                {
                    await _socket.SendAsync(Pong);
                }
                else if (text.Contains("\"progress\":", StringComparison.Ordinal) && !text.Contains("error_message", StringComparison.Ordinal))
                {
                    updated(at);
                }
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The end of the run.
        }
    }

    private async ValueTask<string> NextAsync()
    {
        while (true)
        {
            if (_length >= 2)
            {
                var (from, size) = _buffer[1] < 126 ? (2, _buffer[1]) : (4, (_buffer[2] << 8) + _buffer[3]);
                if (_length >= from + size)
                {
                    var text = Encoding.UTF8.GetString(_buffer, from, size);
                    Drop(from + size);
                    return text;
                }
            }

            await FillAsync();
        }
    }

    private async ValueTask FillAsync()
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
        _length += read > 0 ? read : throw new EndOfStreamException();
    }

    private void Drop(int bytes)
    {
        _buffer.AsSpan(bytes, _length - bytes).CopyTo(_buffer);
        _length -= bytes;
    }

    private static void Expect(string text, string start)
    {
        if (!text.StartsWith(start, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Expected {start}, not {text}");
        }
    }

    /// <summary>A text frame with a mask of zeros.</summary>
    private static byte[] Masked(string text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];
}
