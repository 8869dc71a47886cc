namespace Kinora.Server.Realtime;

/// <summary>Runs something again and again, one turn at a time, as long as somebody wakes it; between turns there is no task and no thread.</summary>
/// <param name="turn">Must not throw.</param>
internal sealed class Turns(Func<Task> turn)
{
    private readonly Lock _lock = new();
    private bool _running;
    private bool _again;

    /// <summary>A turn begins after this call, perhaps only when the present one is over. Never waits.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            _again = true;
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(turns => _ = turns.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (GoesOn())
        {
            await turn();
        }
    }

    private bool GoesOn()
    {
        lock (_lock)
        {
            (_running, _again) = (_again, false);
            return _running;
        }
    }
}
