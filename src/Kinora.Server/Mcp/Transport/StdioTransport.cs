using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>
/// MCP over stdin and stdout: one JSON-RPC message a line, nothing else ever. Bad lines get the right protocol error; answers that wait together are
/// written together. Reading has a thread of its own and nothing here is async: every async method costs compile time before the first answer.
/// </summary>
internal sealed class StdioTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _waiting = new(16 << 10);
    private ArrayBufferWriter<byte> _written = new(16 << 10);
    private bool _writing;

    public StdioTransport(Stream input, Stream output)
    {
        _input = input;
        _output = output;
        new Thread(Read) { IsBackground = true, Name = "stdin" }.Start();
    }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    /// <summary>Ends when stdin has ended or stdout is gone: the client has left.</summary>
    public Task ClientGone => _gone.Task;

    /// <summary>Whoever finds nobody writing writes, and goes on with what others add meanwhile.</summary>
    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            using var json = new Utf8JsonWriter(_waiting);
            JsonSerializer.Serialize(json, message, JsonRpcText.TypeInfo);
            json.Flush();
            _waiting.Write("\n"u8);
            if (_writing)
            {
                return Task.CompletedTask;
            }

            _writing = true;
        }

        Write();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.WrittenCount == 0)
                {
                    _writing = false;
                    return;
                }

                (_waiting, _written) = (_written, _waiting);
            }

            try
            {
                _output.Write(_written.WrittenSpan);
                _output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more; what is said from here on is lost, and nothing hangs on it.
                Leave();
            }

            _written.ResetWrittenCount();
        }
    }

    private void Read()
    {
        var buffer = new byte[64 << 10];
        var (filled, skipping) = (0, false);
        try
        {
            while (_input.Read(buffer.AsSpan(filled)) is var read and > 0)
            {
                filled += read;
                var rest = buffer.AsSpan(0, filled);
                for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
                {
                    if (!skipping)
                    {
                        Take(rest[..end]);
                    }

                    skipping = false;
                }

                if (rest.Length > JsonRpcText.MaxBytes)
                {
                    if (!skipping)
                    {
                        _ = SendMessageAsync(JsonRpcText.TooLong());
                    }

                    skipping = true;
                    rest = [];
                }

                filled = rest.Length;
                rest.CopyTo(buffer);
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }

            if (!skipping)
            {
                Take(buffer.AsSpan(0, filled));
            }
        }
        catch (IOException)
        {
            // The same as the end of it.
        }

        Leave();
    }

    private void Leave()
    {
        _incoming.Writer.TryComplete();
        _gone.TrySetResult();
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.Trim((byte)' ').IsEmpty)
        {
            return;
        }

        if (line.Length > JsonRpcText.MaxBytes)
        {
            _ = SendMessageAsync(JsonRpcText.TooLong());
        }
        else if (JsonRpcText.TryRead(line, out var message, out var error))
        {
            _incoming.Writer.TryWrite(message);
        }
        else
        {
            _ = SendMessageAsync(error);
        }
    }
}
