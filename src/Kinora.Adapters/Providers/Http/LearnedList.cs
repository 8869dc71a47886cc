namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// What a server says of itself: asked in the background when first wanted, and again when that is old. What was last learned stays as long as nothing newer is.
/// </summary>
/// <param name="before">What is known before anything was asked.</param>
/// <param name="ask">What is known now, given what was known, and when to ask again. Must not throw.</param>
internal sealed class LearnedList<T>(Func<IReadOnlyList<T>> before, Func<IReadOnlyList<T>, Task<(IReadOnlyList<T> Known, TimeSpan Again)>> ask, TimeProvider clock)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private IReadOnlyList<T>? _known;

    /// <summary>After nothing was to be had, and nothing was known before.</summary>
    public static TimeSpan AgainAfterNothing { get; } = TimeSpan.FromSeconds(30);

    /// <summary>What is known now; nobody is asked.</summary>
    public IReadOnlyList<T> Known
    {
        get
        {
            lock (_gate)
            {
                return _known ??= before();
            }
        }
    }

    /// <summary>Waits a moment for the first answer, never for a later one, and all callers together no longer than that.</summary>
    public async Task<IReadOnlyList<T>> LearnedAsync(CancellationToken cancel)
    {
        var (asked, at) = AskOnce();
        var left = at + _patience - clock.GetUtcNow();
        if (Known.Count == 0 && left > TimeSpan.Zero)
        {
            await Task.WhenAny(asked, Task.Delay(left, clock, cancel));
        }

        return Known;
    }

    private (Task Asked, DateTimeOffset At) AskOnce()
    {
        lock (_gate)
        {
            if (_asked.IsCompleted && clock.GetUtcNow() >= _due)
            {
                _askedAt = clock.GetUtcNow();
                _asked = Task.Run(AskAsync);
            }

            return (_asked, _askedAt);
        }
    }

    private async Task AskAsync()
    {
        var (known, again) = await ask(Known);
        lock (_gate)
        {
            (_known, _due) = (known, clock.GetUtcNow() + again);
        }
    }
}
