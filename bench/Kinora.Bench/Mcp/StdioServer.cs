using System.Diagnostics;

namespace Kinora.Bench.Mcp;

/// <summary>An MCP server over stdio as its client sees it: bytes in, lines out, nothing between. Disposing closes its stdin and waits for its end.</summary>
internal sealed class StdioServer(Process process) : IDisposable
{
    private readonly Stream _input = process.StandardInput.BaseStream;
    private readonly Stream _output = process.StandardOutput.BaseStream;
    private byte[] _buffer = new byte[64 << 10];
    private int _from;
    private int _filled;

    public int ProcessId => process.Id;

    /// <summary>Whether the next line is here already.</summary>
    public bool HasLine => _buffer.AsSpan(_from, _filled - _from).Contains((byte)'\n');

    /// <summary>Both requests of a client's start, one after the other.</summary>
    public void Open()
    {
        Ask("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}"""u8);
        Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""u8);
        Ask("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""u8);
    }

    /// <summary>One request and its answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public void Ask(ReadOnlySpan<byte> request)
    {
        Send(request);
        var answer = ReadLine();
        if (answer.IndexOf("\"result\""u8) < 0 || answer.IndexOf("\"isError\":true"u8) >= 0)
        {
            throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(answer));
        }
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        Span<byte> line = stackalloc byte[message.Length + 1];
        message.CopyTo(line);
        line[^1] = (byte)'\n';
        SendLines(line);
    }

    public void SendLines(ReadOnlySpan<byte> lines)
    {
        _input.Write(lines);
        _input.Flush();
    }

    /// <summary>The next line, good until the next call.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_from, _filled - _from);
            if (rest.IndexOf((byte)'\n') is var end and >= 0)
            {
                _from += end + 1;
                return rest[..end];
            }

            rest.CopyTo(_buffer);
            (_from, _filled) = (0, rest.Length);
            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = _output.Read(_buffer.AsSpan(_filled));
            _filled += read > 0 ? read : throw new InvalidOperationException("The server has ended.");
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
