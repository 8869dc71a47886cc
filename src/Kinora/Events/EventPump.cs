using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kinora.Errors;
using Kinora.Jobs;
using Microsoft.Extensions.Logging;

namespace Kinora.Events;

/// <summary>
/// Stored events, in order, to whoever listens in this process: also those that other processes on the same store made. It looks only while somebody
/// listens. A listener that falls behind by <see cref="Room"/> events is ended rather than fed with gaps.
/// </summary>
public sealed partial class EventPump(IJobStore store, TimeProvider time, ILogger<EventPump> log)
{
    private const int Room = 10_000;
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private bool _running;

    /// <summary>Events of an owner's jobs from now on, until the token is cancelled.</summary>
    public async IAsyncEnumerable<JobEvent> ReadAsync(string owner, [EnumeratorCancellation] CancellationToken cancel)
    {
        var listener = new Listener(owner, await store.LastEventAsync(cancel), Channel.CreateBounded<JobEvent>(Room));
        Add(listener);
        try
        {
            await foreach (var happened in listener.Events.Reader.ReadAllAsync(cancel))
            {
                yield return happened;
            }
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        }
    }

    private void Add(Listener listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            if (!_running)
            {
                _running = true;
                _ = Task.Run(() => RunAsync(listener.From));
            }
        }
    }

    private async Task RunAsync(long sequence)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_listeners.Count == 0)
                {
                    _running = false;
                    return;
                }
            }

            try
            {
                var events = await store.EventsAfterAsync(sequence, Batch, CancellationToken.None);
                foreach (var happened in events)
                {
                    Tell(happened);
                    sequence = happened.Sequence;
                }

                if (events.Count == Batch)
                {
                    continue;
                }
            }
            catch (KinoraException busy)
            {
                // Nothing is lost: the same events are read again.
                LookFailed(busy);
            }

            await Task.Delay(Pause, time);
        }
    }

    private void Tell(JobEvent happened)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                if (listener.Owner == happened.Owner && happened.Sequence > listener.From && !listener.Events.Writer.TryWrite(happened))
                {
                    listener.Events.Writer.TryComplete();
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be read; tried again")]
    private partial void LookFailed(Exception fault);

    private sealed record Listener(string Owner, long From, Channel<JobEvent> Events);
}
