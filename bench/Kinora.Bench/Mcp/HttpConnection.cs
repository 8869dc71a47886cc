using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinora.Bench.Mcp;

/// <summary>One kept-alive HTTP connection, blocking: cheaper than any client library, so that on two cores the server is measured and not its client.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private byte[] _buffer = new byte[16 << 10];
    private int _filled;

    public HttpConnection(Uri url) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, url.Port));

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <returns>Its body, good until the next exchange.</returns>
    /// <exception cref="InvalidOperationException">The status is not 200.</exception>
    public ReadOnlySpan<byte> Exchange(ReadOnlySpan<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += _socket.Send(request[sent..]);
        }

        _filled = 0;
        var head = ReadTo("\r\n\r\n"u8, 0);
        var headers = _buffer.AsSpan(0, head);
        if (!headers.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(headers));
        }

        return Length(headers) is { } length ? ReadPlain(head + 4, length) : ReadChunks(head + 4);
    }

    public void Dispose() => _socket.Dispose();

    private static int? Length(ReadOnlySpan<byte> headers)
    {
        var name = "\r\nContent-Length: "u8;
        var at = headers.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + name.Length)..], out int length, out _) ? length : null;
    }

    private ReadOnlySpan<byte> ReadPlain(int at, int length)
    {
        ReadUntil(at + length);
        return _buffer.AsSpan(at, length);
    }

    private ReadOnlySpan<byte> ReadChunks(int at)
    {
        _body.ResetWrittenCount();
        while (true)
        {
            var end = ReadTo("\r\n"u8, at);
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, end - at), out int size, out _, 'x'))
            {
                throw new InvalidOperationException("Neither a length nor chunks.");
            }

            at = end + 2;
            ReadUntil(at + size + 2);
            if (size == 0)
            {
                return _body.WrittenSpan;
            }

            _body.Write(_buffer.AsSpan(at, size));
            at += size + 2;
        }
    }

    private int ReadTo(ReadOnlySpan<byte> mark, int from)
    {
        int at;
        while ((at = _buffer.AsSpan(from, _filled - from).IndexOf(mark)) < 0)
        {
            Receive();
        }

        return from + at;
    }

    private void ReadUntil(int filled)
    {
        while (_filled < filled)
        {
            Receive();
        }
    }

    private void Receive()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += read > 0 ? read : throw new InvalidOperationException("The server has hung up.");
    }
}
