using System.Threading.Channels;

namespace Kinora.Events;

/// <summary>One owner's events, from the moment it was opened until it is disposed of. A listener that falls behind by <see cref="Room"/> events is ended rather than fed with gaps.</summary>
public sealed class EventListener : IDisposable
{
    private const int Room = 10_000;
    private readonly Channel<JobEvent> _events = Channel.CreateBounded<JobEvent>(Room);
    private readonly Action<EventListener> _leave;

    internal EventListener(string owner, Action<EventListener> leave) => (Owner, _leave) = (owner, leave);

    internal string Owner { get; }

    /// <summary>Every event committed since the listener was opened, in order; perhaps some of the moment before. Ends when the listener fell too far behind.</summary>
    public IAsyncEnumerable<JobEvent> ReadAsync(CancellationToken cancel) => _events.Reader.ReadAllAsync(cancel);

    public void Dispose() => _leave(this);

    internal void Tell(JobEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
        {
            _events.Writer.TryComplete();
        }
    }
}
