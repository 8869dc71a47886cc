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

/// <summary>Feeds the encoder's standard input.</summary>
internal sealed class StreamFrameSink(Stream stream) : IFrameSink
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) => stream.WriteAsync(frame, cancel);
}
