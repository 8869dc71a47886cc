using Kinora.Events;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>What has happened to an owner's jobs since the first look; several events of one job are one piece of news. Nothing is left out, however far it falls behind.</summary>
/// <param name="arrived">Called when there may be news.</param>
internal sealed class OwnerNews(IJobStore jobs, EventPump events, string owner, Action arrived)
{
    private const int Page = 500;

    private readonly Dictionary<JobId, JobEvent> _latest = [];
    private EventListener? _listener;
    private long? _sequence;

    /// <summary>Begins to listen, and again after a listener that was ended: what it missed is then read from the store.</summary>
    /// <exception cref="Errors.KinoraException">The store cannot be read now.</exception>
    public async Task ListenAsync()
    {
        if (_listener is { IsEnded: false })
        {
            return;
        }

        var missed = _sequence is not null;
        _sequence ??= await jobs.LastEventAsync(CancellationToken.None);
        _listener?.Dispose();
        _listener = null;
        var listener = await events.ListenAsync(owner, CancellationToken.None, arrived);
        try
        {
            while (missed)
            {
                var page = await jobs.EventsAfterAsync(_sequence.Value, Page, CancellationToken.None);
                foreach (var happened in page)
                {
                    Note(happened);
                }

                missed = page.Count == Page;
            }
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        _listener = listener;
    }

    /// <summary>The latest event of every job that has one, in order. Each stays until it is <see cref="Told"/>.</summary>
    public List<JobEvent> Gather()
    {
        while (_listener!.TryRead(out var happened))
        {
            Note(happened);
        }

        if (_listener.IsEnded)
        {
            arrived(); // to listen anew
        }

        return [.. _latest.Values.OrderBy(e => e.Sequence)];
    }

    public void Told(JobEvent happened) => _latest.Remove(happened.JobId);

    public void Stop() => _listener?.Dispose();

    private void Note(JobEvent happened)
    {
        if (happened.Sequence > _sequence)
        {
            _sequence = happened.Sequence;
            if (happened.Owner == owner)
            {
                _latest[happened.JobId] = happened;
            }
        }
    }
}
