using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>
/// MCP over stdin and stdout: one JSON-RPC message a line, nothing else ever. Bad lines get the right protocol error; answers that wait together are
/// written together.
/// </summary>
internal sealed class StdioTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<JsonRpcMessage> _outgoing = Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly Task _writing;

    public StdioTransport(Stream input, Stream output)
    {
        _reading = Task.Run(() => ReadAsync(PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true))));
        _writing = Task.Run(() => WriteAsync(output));
    }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    /// <summary>Ends when stdin has ended or stdout is gone: the client has left.</summary>
    public Task ClientGone => Task.WhenAny(_reading, _writing);

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        _outgoing.Writer.TryWrite(message);
        return Task.CompletedTask;
    }

    /// <summary>Writes what is still to be written, unless nobody reads any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await _stop.CancelAsync();
        await Task.WhenAny(_writing, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    private async Task ReadAsync(PipeReader input)
    {
        try
        {
            var skipping = false;
            while (true)
            {
                var read = await input.ReadAsync(_stop.Token);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    if (!skipping)
                    {
                        Take(rest.Slice(0, end));
                    }

                    skipping = false;
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > JsonRpcText.MaxBytes)
                {
                    if (!skipping)
                    {
                        _outgoing.Writer.TryWrite(JsonRpcText.TooLong());
                    }

                    skipping = true;
                    rest = rest.Slice(rest.End);
                }

                if (read.IsCompleted && !skipping)
                {
                    Take(rest);
                }

                input.AdvanceTo(read.IsCompleted ? read.Buffer.End : rest.Start, read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The client is gone, or we are to stop: the same end.
        }
        finally
        {
            _incoming.Writer.TryComplete();
        }
    }

    private void Take(ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (bytes.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        if (bytes.Length > JsonRpcText.MaxBytes)
        {
            _outgoing.Writer.TryWrite(JsonRpcText.TooLong());
        }
        else if (JsonRpcText.TryRead(bytes, out var message, out var error))
        {
            _incoming.Writer.TryWrite(message);
        }
        else
        {
            _outgoing.Writer.TryWrite(error);
        }
    }

    private async Task WriteAsync(Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        using var json = new Utf8JsonWriter(buffer);
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (buffer.WrittenCount < 256 << 10 && _outgoing.Reader.TryRead(out var message))
                {
                    JsonSerializer.Serialize(json, message, JsonRpcText.TypeInfo);
                    json.Flush();
                    json.Reset();
                    buffer.Write("\n"u8);
                }

                await output.WriteAsync(buffer.WrittenMemory, CancellationToken.None);
                await output.FlushAsync(CancellationToken.None);
                buffer.ResetWrittenCount();
            }
        }
        catch (IOException)
        {
            // Nobody reads any more.
            _incoming.Writer.TryComplete();
        }
    }
}
