namespace Kinora.Server.Realtime;

/// <summary>When a session is pinged and by when it must answer. In protocol 4 the server pings. Times are milliseconds.</summary>
internal struct Heartbeat(RealtimeOptions options, long now)
{
    private long _pingAt = now + options.PingIntervalMilliseconds;
    private long _pongBy; // 0: none is awaited

    public void Answered(long now)
    {
        Volatile.Write(ref _pongBy, 0);
        Volatile.Write(ref _pingAt, now + options.PingIntervalMilliseconds);
    }

    public readonly bool IsSilent(long now) => Volatile.Read(in _pongBy) is not 0 and var by && now >= by;

    /// <summary>True when a ping is to be sent now; its answer is then awaited.</summary>
    public bool TryPing(long now)
    {
        var at = Volatile.Read(ref _pingAt);
        if (Volatile.Read(ref _pongBy) != 0 || now < at)
        {
            return false;
        }

        // From when it was due, not from now: interval and timeout together are the promise.
        Volatile.Write(ref _pongBy, at + options.PingTimeoutMilliseconds);
        return true;
    }
}
