namespace Kinora.Adapters.Providers.Animatic;

/// <summary>Where drawn frames go, in order.</summary>
internal interface IFrameSink
{
    ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel);
}

/// <summary>Takes frames and drops them: measures what drawing alone costs.</summary>
internal sealed class NullFrameSink : IFrameSink
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) => ValueTask.CompletedTask;
}

/// <summary>
/// Feeds the encoder's standard input. It blocks on purpose: a frame is many socket buffers long, and going through the pool for each
/// costs two milliseconds of spinning a frame. The encoder's end, by itself or killed, ends the write.
/// </summary>
internal sealed class StreamFrameSink(Stream stream) : IFrameSink
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        stream.Write(frame.Span);
        return ValueTask.CompletedTask;
    }
}
