using Microsoft.Extensions.Logging;

namespace Kinora.Webhooks;

/// <summary>
/// The engine of webhooks: follows stored events, then sends what is due. Any number of processes may run one on the same store: each event becomes one delivery
/// per webhook, and a webhook never has two under way.
/// </summary>
public sealed partial class WebhookDispatcher(
    IWebhookStore store, WebhookFollower follower, WebhookCourier courier, WebhookOptions options, TimeProvider time, ILogger<WebhookDispatcher> log) : IDisposable
{
    /// <summary>Beyond the deadline of a try, for recording it.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly WebhookSlots _slots = new(options.MaxConcurrent);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long? _purgedAt;

    /// <summary>How long tries under way may go on when it is told to stop.</summary>
    internal TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Works until told to stop, and then for a few seconds at most. What was not answered by then is tried again later under the same id.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var breakOff = new CancellationTokenSource();
        var sending = new HashSet<Task>();
        while (!stop.IsCancellationRequested)
        {
            sending.RemoveWhere(task => task.IsCompleted);
            var pause = await WorkAsync(sending, breakOff.Token);
            if (pause > TimeSpan.Zero)
            {
                await WaitAsync(pause, stop);
            }
        }

        // Once more: what the engine brought to an end while it was stopping is sent too.
        breakOff.CancelAfter(StopPatience);
        await WorkAsync(sending, breakOff.Token);
        await Task.WhenAll(sending);
    }

    /// <summary>Follows all events there are, then tries all that is due now once. Returns how many were tried.</summary>
    internal async Task<int> PassAsync(CancellationToken cancel)
    {
        while (await follower.StepAsync(cancel))
        {
        }

        var tried = 0;
        for (var started = await StartDueAsync(cancel); started.Count > 0; started = await StartDueAsync(cancel))
        {
            await Task.WhenAll(started);
            tried += started.Count;
        }

        return tried;
    }

    public void Dispose() => _wake.Dispose();

    private async Task<TimeSpan> WorkAsync(HashSet<Task> sending, CancellationToken breakOff)
    {
        try
        {
            await PurgeWhenDueAsync();
            var more = await follower.StepAsync(CancellationToken.None);
            var started = await StartDueAsync(breakOff);
            sending.UnionWith(started);
            return more || started.Count > 0 ? TimeSpan.Zero : Idle;
        }
        catch (Exception fault)
        {
            // Nothing is lost: the place in the events and what is due are in the store.
            WorkFailed(fault);
            return PauseAfterFault;
        }
    }

    private async Task<List<Task>> StartDueAsync(CancellationToken breakOff)
    {
        if (_slots.Free == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var lanes = _slots.Choose(await store.DueAsync(now, CancellationToken.None));
        if (lanes.Count == 0)
        {
            return [];
        }

        var until = now + TimeSpan.FromSeconds(options.TimeoutSeconds) + LeaseMargin;
        var claims = await store.ClaimAsync([.. lanes.Select(lane => lane.EndpointId)], now, until, CancellationToken.None);
        return [.. claims.Select(claim => StartAsync(claim, lanes.First(lane => lane.EndpointId == claim.Delivery.EndpointId), breakOff))];
    }

    private Task StartAsync(WebhookClaim claim, WebhookLane lane, CancellationToken breakOff)
    {
        _slots.Take(lane);
        return Task.Run(
            async () =>
            {
                try
                {
                    await courier.TryAsync(claim, breakOff);
                }
                catch (Exception fault)
                {
                    WorkFailed(fault);
                }
                finally
                {
                    _slots.GiveBack(lane);
                    Wake();
                }
            },
            CancellationToken.None);
    }

    private async Task PurgeWhenDueAsync()
    {
        if (_purgedAt is not { } at || time.GetElapsedTime(at) >= PurgeEvery)
        {
            _purgedAt = time.GetTimestamp();
            await store.PurgeAsync(time.GetUtcNow() - TimeSpan.FromDays(options.KeepDays), CancellationToken.None);
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception fault) when (fault is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already, or at its end.
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await _wake.WaitAsync(pause, stop);
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be worked on; tried again")]
    private partial void WorkFailed(Exception fault);
}
