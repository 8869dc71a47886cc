using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kinora.Events;

/// <summary>
/// Stored events, in order, to whoever listens in this process: also those that other processes on the same store made. It looks only while somebody
/// listens.
/// </summary>
public sealed partial class EventPump(IJobStore store, TimeProvider time, ILogger<EventPump> log)
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<EventListener>> _listeners = new(StringComparer.Ordinal); // by owner: what happens to one costs the others nothing
    private Task? _looking; // completed once the place to read from is known

    /// <summary>
    /// Opens a listener to an owner's jobs. No event committed after this call has returned is missed: who wants the present state and all that follows
    /// listens first and looks then.
    /// </summary>
    /// <param name="arrived">Called when there is something to read, or the listener was ended; from the pump's own thread, so it must only wake somebody.</param>
    /// <exception cref="KinoraException">The store cannot be read now.</exception>
    public async Task<EventListener> ListenAsync(string owner, CancellationToken cancel, Action? arrived = null)
    {
        var listener = new EventListener(owner, arrived, Leave);
        try
        {
            await Join(listener).WaitAsync(cancel);
            return listener;
        }
        catch
        {
            Leave(listener);
            throw;
        }
    }

    private Task Join(EventListener listener)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(listener.Owner, out var those))
            {
                _listeners[listener.Owner] = those = [];
            }

            those.Add(listener);
            return _looking ??= Task.Run(StartAsync);
        }
    }

    private void Leave(EventListener listener)
    {
        lock (_lock)
        {
            if (_listeners.TryGetValue(listener.Owner, out var those) && those.Remove(listener) && those.Count == 0)
            {
                _listeners.Remove(listener.Owner);
            }
        }
    }

    private async Task StartAsync()
    {
        try
        {
            var sequence = await store.LastEventAsync(CancellationToken.None);
            store.Changed -= Wake;
            store.Changed += Wake;
            _ = Task.Run(() => RunAsync(sequence));
        }
        catch
        {
            lock (_lock)
            {
                _looking = null;
            }

            throw;
        }
    }

    private async Task RunAsync(long sequence)
    {
        while (HasListeners())
        {
            try
            {
                var events = await store.EventsAfterAsync(sequence, Batch, CancellationToken.None);
                foreach (var happened in events)
                {
                    Tell(happened);
                    if (Measures.EventLag.Enabled)
                    {
                        Measures.EventLag.Record(Math.Max(0, (time.GetUtcNow() - happened.At).TotalSeconds));
                    }

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

            await PauseAsync();
        }
    }

    /// <summary>Until something may have happened. What is told of while events are read ends the next pause at once.</summary>
    private async Task PauseAsync()
    {
        using var pause = new CancellationTokenSource();
        await Task.WhenAny(_changed.Task, Task.Delay(Pause, time, pause.Token));
        await pause.CancelAsync();
        if (_changed.Task.IsCompleted)
        {
            // Some more may come with it, and are read together.
            await Task.Delay(Gathering, time);
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Wake() => _changed.TrySetResult();

    private bool HasListeners()
    {
        lock (_lock)
        {
            if (_listeners.Count == 0)
            {
                _looking = null;
            }

            return _looking is not null;
        }
    }

    private void Tell(JobEvent happened)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.GetValueOrDefault(happened.Owner) ?? [])
            {
                listener.Tell(happened);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be read; tried again")]
    private partial void LookFailed(Exception fault);
}
