namespace Kinora.Server.Realtime;

/// <summary>How many packets a client may still send: fills evenly, holds five seconds' worth. For one thread at a time.</summary>
internal struct PacketBudget(int perSecond, long now)
{
    private const int Seconds = 5;
    private double _left = (double)perSecond * Seconds;
    private long _at = now;

    /// <param name="now">Milliseconds.</param>
    public bool TryTake(long now)
    {
        _left = Math.Min((double)perSecond * Seconds, _left + ((now - _at) * perSecond / 1_000.0));
        _at = now;
        return _left >= 1 && --_left >= 0;
    }
}
