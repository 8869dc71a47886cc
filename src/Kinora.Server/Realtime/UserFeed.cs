using Kinora.Errors;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>
/// What happens to one user's jobs, told to this user's sockets. Everything is done in turns, so that what a socket hears of a job is in order. All members
/// were told the same state of each job, or are owed the whole of it.
/// </summary>
internal sealed partial class UserFeed
{
    private const int Page = 500;
    private const int MostWishes = 10_000; // they only pile up while the store does not answer
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly SocketHub _hub;
    private readonly Lock _lock = new();
    private readonly Queue<Wish> _wishes = new();
    private readonly Turns _turns;
    private readonly OwnerNews _news; // of the turn, like all below
    private readonly List<FeedMember> _members = [];
    private readonly ToldStates _told = new();
    private int _sockets;

    public UserFeed(SocketHub hub, string userId)
    {
        (_hub, UserId) = (hub, userId);
        _turns = new Turns(RunAsync);
        _news = new OwnerNews(hub.Jobs, hub.Events, userId, Wake);
    }

    public string UserId { get; }

    public FeedMember Join(SocketConnection socket, SocketUser user)
    {
        var member = new FeedMember(_hub, this, socket, user);
        lock (_lock)
        {
            _sockets++;
            _wishes.Enqueue(new Wish(member, null, null));
        }

        Wake();
        return member;
    }

    /// <summary>True when it was the last one: then this feed is over.</summary>
    public bool Leave()
    {
        bool last;
        lock (_lock)
        {
            last = --_sockets == 0;
        }

        Wake();
        return last;
    }

    /// <summary>The present state of a job for one member, in its place among the changes.</summary>
    public void Ask(FeedMember member, JobId job, string? ackId)
    {
        bool tooMany;
        lock (_lock)
        {
            tooMany = _wishes.Count == MostWishes;
            if (!tooMany)
            {
                _wishes.Enqueue(new Wish(member, job, ackId));
            }
        }

        if (tooMany)
        {
            member.Socket.Close(EngineClose.Refused);
        }

        Wake();
    }

    public void Wake() => _turns.Wake();

    private async Task RunAsync()
    {
        try
        {
            await TurnAsync();
        }
        catch (KinoraException busy)
        {
            // Nothing is lost: what was not told is still to be told.
            TurnFailed(_hub.Log, busy);
            await Task.Delay(Rest, _hub.Time);
            Wake();
        }
        catch (Exception fault)
        {
            // Whatever it is: the clients come back to a new feed, and are told the present state.
            TurnBroke(_hub.Log, fault);
            CloseAll();
        }
    }

    private async Task TurnAsync()
    {
        _members.RemoveAll(m => m.HasLeft);
        if (IsOver())
        {
            _news.Stop();
            return;
        }

        await _news.ListenAsync();
        while (Wished() is { } wish)
        {
            await GrantAsync(wish);
            Granted();
        }

        foreach (var happened in _news.Gather())
        {
            await TellAsync(happened);
            _news.Told(happened);
        }

        foreach (var member in _members)
        {
            while (!member.HasLeft && member.Socket.HasRoom && member.NextOwed is { } id)
            {
                await TellWholeAsync(member, id);
            }
        }
    }

    private bool IsOver()
    {
        lock (_lock)
        {
            return _sockets == 0;
        }
    }

    /// <summary>Also of those who are still to be let in.</summary>
    private void CloseAll()
    {
        List<FeedMember> all;
        lock (_lock)
        {
            all = [.. _members, .. _wishes.Select(w => w.Member)];
            _wishes.Clear();
        }

        all.ForEach(m => m.Socket.Close(EngineClose.GoingAway));
    }

    private Wish? Wished()
    {
        lock (_lock)
        {
            return _wishes.TryPeek(out var wish) ? wish : null;
        }
    }

    private void Granted()
    {
        lock (_lock)
        {
            _wishes.Dequeue();
        }
    }

    private async Task GrantAsync(Wish wish)
    {
        if (wish.Member.HasLeft)
        {
            return;
        }

        if (wish.Job is { } id)
        {
            await AnswerAsync(wish.Member, id, wish.AckId);
            return;
        }

        // In this order, so that none is between the two while it moves on; one that is at its end by then makes an event.
        foreach (var status in (string[])["queued", "in_progress"])
        {
            JobPage? page = null;
            do
            {
                page = await _hub.Jobs.ListAsync(new JobQuery(UserId, Page, page?.Jobs[^1].Id) { PublicStatus = status }, CancellationToken.None);
                foreach (var job in page.Jobs)
                {
                    wish.Member.Owe(job.Id);
                }
            }
            while (page.HasMore);
        }

        _members.Add(wish.Member);
    }

    private async Task AnswerAsync(FeedMember member, JobId id, string? ackId)
    {
        if (await _hub.Jobs.GetAsync(id, UserId, CancellationToken.None) is not { Kind: MediaKind.Video } job)
        {
            ClientEvents.NotFound(member, ackId);
            return;
        }

        // What was never told is not told to the others now either: it is old, or its event is still to come.
        if (_told.Get(id) is { } before)
        {
            await ChangedAsync(job, before, except: member);
        }

        await member.DeliverAsync(JobMessage.Whole(job, _hub.Rows));
        if (ackId is not null)
        {
            await member.DeliverAsync(SocketPacket.Ack(ackId, json => JobMessage.WriteWhole(json, job, _hub.Rows)));
        }
    }

    private async Task TellAsync(JobEvent happened)
    {
        if (happened.Type == JobEvent.Deleted)
        {
            _told.Forget(happened.JobId);
            await DeliverAsync(JobMessage.Deleted(happened.JobId, happened.Kind), _ => true);
        }
        else if (await _hub.Jobs.GetAsync(happened.JobId, UserId, CancellationToken.None) is { } job)
        {
            await ChangedAsync(job, _told.Get(job.Id), except: null);
        }
    }

    private async Task TellWholeAsync(FeedMember member, JobId id)
    {
        if (await _hub.Jobs.GetAsync(id, UserId, CancellationToken.None) is { } job)
        {
            await ChangedAsync(job, _told.Get(id), except: member);
            await member.DeliverAsync(JobMessage.Whole(job, _hub.Rows));
        }

        member.Told(id);
    }

    /// <summary>Tells what changed since the members were told last, and all of a job that they have not heard of.</summary>
    private async Task ChangedAsync(Job job, JobState? before, FeedMember? except)
    {
        var now = JobState.Of(job);
        if (now != before)
        {
            _told.Set(job.Id, now);
            await DeliverAsync(
                before is null ? JobMessage.Whole(job, _hub.Rows) : JobMessage.Changed(job.Id, now, before),
                m => m != except && !m.IsOwed(job.Id));
        }
    }

    /// <summary>One encoding for all of them.</summary>
    private async Task DeliverAsync(byte[] packet, Predicate<FeedMember> to)
    {
        foreach (var member in _members)
        {
            if (to(member))
            {
                await member.DeliverAsync(packet);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Updates could not be read; tried again")]
    private static partial void TurnFailed(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Updates broke; their sockets are closed")]
    private static partial void TurnBroke(ILogger log, Exception fault);

    /// <param name="Job">Null: the member joins.</param>
    private sealed record Wish(FeedMember Member, JobId? Job, string? AckId);
}
