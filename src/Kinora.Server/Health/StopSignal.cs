namespace Kinora.Server.Health;

/// <summary>That the server has been told to end: before it takes no more requests, so that whoever sends them can go elsewhere.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _begun = new();

    public bool HasBegun => _begun.IsCancellationRequested;

    /// <summary>For what waits for jobs that nobody here will finish.</summary>
    public CancellationToken Begun => _begun.Token;

    public void Begin() => _begun.Cancel();

    public void Dispose() => _begun.Dispose();
}
