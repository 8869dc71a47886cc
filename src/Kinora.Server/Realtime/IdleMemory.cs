namespace Kinora.Server.Realtime;

/// <summary>
/// Gives back what a crowd of sign-ins has left. The collector's budget for young objects follows the processor's cache, tens of megabytes on servers, and connections that
/// then lie idle allocate nothing that would ever make it run: the leavings of a handshake would count as memory of an idle connection for as long as it lasts.
/// </summary>
internal sealed class IdleMemory(Action collect)
{
    /// <summary>Fewer leave too little to stop anything for.</summary>
    private const int Crowd = 1_000;

    private int _before;
    private int _cleared;

    public IdleMemory()
        : this(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true))
    {
    }

    /// <summary>Told at even intervals how many connections there are: once after a crowd has come, and no more come, it clears up.</summary>
    public void Look(int count)
    {
        var calm = count <= _before;
        _before = count;
        _cleared = Math.Min(_cleared, count);
        if (calm && count - _cleared >= Crowd)
        {
            _cleared = count;
            collect();
        }
    }
}
