using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Kinora.Events;

/// <summary>One owner's events, from the moment it was opened until it is disposed of. A listener that falls behind by <see cref="Room"/> events is ended rather than fed with gaps.</summary>
public sealed class EventListener : IDisposable
{
    /// <summary>Events that may wait to be read.</summary>
    public const int Room = 10_000;
    private readonly Channel<JobEvent> _events = Channel.CreateBounded<JobEvent>(Room);
    private readonly Action? _arrived;
    private readonly Action<EventListener> _leave;

    internal EventListener(string owner, Action? arrived, Action<EventListener> leave) => (Owner, _arrived, _leave) = (owner, arrived, leave);

    internal string Owner { get; }

    /// <summary>Whether it fell too far behind and all that it had was read: no further event will come.</summary>
    public bool IsEnded => _events.Reader.Completion.IsCompleted;

    /// <summary>Every event committed since the listener was opened, in order; perhaps some of the moment before. Ends when the listener fell too far behind.</summary>
    public IAsyncEnumerable<JobEvent> ReadAsync(CancellationToken cancel) => _events.Reader.ReadAllAsync(cancel);

    /// <summary>The same without waiting.</summary>
    public bool TryRead([NotNullWhen(true)] out JobEvent? happened) => _events.Reader.TryRead(out happened);

    public void Dispose() => _leave(this);

    internal void Tell(JobEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
        {
            _events.Writer.TryComplete();
        }

        _arrived?.Invoke();
    }
}
