using Kinora.Events;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>The rooms: one feed for each user who has sockets.</summary>
internal sealed class SocketHub(ISocketAccess access, IVideoRowWriter rows, IJobStore jobs, EventPump events, IRandomBytes random, TimeProvider time, ILogger<SocketHub> log)
{
    private readonly Dictionary<string, UserFeed> _feeds = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public ISocketAccess Access => access;

    public IVideoRowWriter Rows => rows;

    public IJobStore Jobs => jobs;

    public EventPump Events => events;

    public TimeProvider Time => time;

    public ILogger Log => log;

    /// <summary>A name that clients may tell each other; it opens nothing.</summary>
    public string NewId()
    {
        Span<byte> bits = stackalloc byte[15];
        random.Fill(bits);
        return System.Buffers.Text.Base64Url.EncodeToString(bits);
    }

    /// <summary>Into the room of its user, to nobody else's.</summary>
    public FeedMember Join(SocketConnection socket, SocketUser user)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(user.UserId, out var feed))
            {
                _feeds[user.UserId] = feed = new UserFeed(this, user.UserId);
            }

            return feed.Join(socket, user);
        }
    }

    public void Leave(FeedMember member)
    {
        lock (_lock)
        {
            if (member.Feed.Leave())
            {
                _feeds.Remove(member.Feed.UserId);
            }
        }
    }
}
