using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>A socket in the room of its user, from one CONNECT to its end.</summary>
internal sealed class FeedMember(SocketHub hub, UserFeed feed, SocketConnection socket, SocketUser user)
{
    private volatile Queue<JobId>? _order;
    private HashSet<JobId>? _owed;

    public UserFeed Feed => feed;

    public SocketConnection Socket => socket;

    public bool HasLeft { get; private set; }

    /// <summary>The next job it is to be told in full; only the feed's own turn asks.</summary>
    public JobId? NextOwed => _order?.Count > 0 ? _order.Peek() : null;

    /// <summary>Whether it will be told this job in full, so that changes of it are no news yet.</summary>
    public bool IsOwed(JobId id) => _owed?.Contains(id) == true;

    public void Owe(JobId id)
    {
        if ((_owed ??= []).Add(id))
        {
            (_order ??= []).Enqueue(id);
        }
    }

    public void Told(JobId id)
    {
        _order?.Dequeue();
        _owed?.Remove(id);
        if (_order?.Count == 0)
        {
            (_order, _owed) = (null, null);
        }
    }

    public ValueTask DeliverAsync(byte[] packet) => HasLeft ? ValueTask.CompletedTask : socket.DeliverAsync(user, packet);

    public void Leave()
    {
        HasLeft = true;
        hub.Leave(this);
    }

    public void Wake()
    {
        if (_order is not null)
        {
            feed.Wake();
        }
    }
}
