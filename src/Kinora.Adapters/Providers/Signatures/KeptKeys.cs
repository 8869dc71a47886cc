namespace Kinora.Adapters.Providers.Signatures;

/// <summary>Keys that are fetched when they are first needed, and kept for a day. Who needs them meanwhile waits for the same answer.</summary>
/// <param name="fetch">Empty when none could be had.</param>
internal sealed class KeptKeys(Func<CancellationToken, Task<IReadOnlyList<byte[]>>> fetch, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _freshFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan _againAfterNothing = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<byte[]> _keys = [];
    private DateTimeOffset _askAgain = DateTimeOffset.MinValue;

    /// <summary>Empty when none could be had so far; old ones are better than none.</summary>
    public async Task<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (clock.GetUtcNow() >= _askAgain)
            {
                var keys = await fetch(cancel);
                _keys = keys.Count > 0 ? keys : _keys;
                _askAgain = clock.GetUtcNow() + (keys.Count > 0 ? _freshFor : _againAfterNothing);
            }

            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
