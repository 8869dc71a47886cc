using System.Diagnostics;
using System.Reflection;
using Kinora.Jobs;

namespace Kinora.Bench.Scale;

/// <summary>
/// The real store, but for one thing: a claim that finds nothing due while no step runs moves the simulated clock on to the next job that is due. So the clock
/// advances only as the engine finishes what is due.
/// </summary>
public class SteppingStore : DispatchProxy
{
    /// <summary>Four claims in a simulated second: fewer than those from which on the engine claims in batches of its own.</summary>
    private static readonly long _tick = TimeSpan.FromMilliseconds(250).Ticks;

    private readonly List<(double Millis, int Jobs)> _claims = [];
    private IJobStore _store = null!;
    private SimulatedClock _clock = null!;
    private Func<int> _active = null!;
    private TaskCompletionSource? _reached;
    private DateTimeOffset _until;

    internal static IJobStore Over(IJobStore store, SimulatedClock clock, Func<int> active)
    {
        var proxy = Create<IJobStore, SteppingStore>();
        (((SteppingStore)(object)proxy)._store, ((SteppingStore)(object)proxy)._clock, ((SteppingStore)(object)proxy)._active) = (store, clock, active);
        return proxy;
    }

    /// <summary>Completes when nothing is due any more until that time, and the clock stands there.</summary>
    internal Task RunUntilAsync(DateTimeOffset time)
    {
        lock (_claims)
        {
            _claims.Clear();
        }

        _until = time;
        return (_reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Claims since then that got jobs: how long each took, and how many it got.</summary>
    internal IReadOnlyList<(double Millis, int Jobs)> Claims()
    {
        lock (_claims)
        {
            return [.. _claims];
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IJobStore.ClaimAsync)
        ? ClaimAsync((ClaimRequest)args![0]!)
        : targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task<ClaimResult> ClaimAsync(ClaimRequest request)
    {
        var lease = request.Until - request.Now;
        while (true)
        {
            var now = _clock.GetUtcNow();
            var began = Stopwatch.GetTimestamp();
            var claimed = await _store.ClaimAsync(request with { Now = now, Until = now + lease }, CancellationToken.None);
            if (claimed.Jobs.Count > 0)
            {
                lock (_claims)
                {
                    _claims.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, claimed.Jobs.Count));
                }

                return claimed;
            }

            if (_active() > 0 || _reached is not { Task.IsCompleted: false })
            {
                return claimed;
            }

            if (claimed.NextDue is not { } due || due > _until)
            {
                _clock.AdvanceTo(_until);
                _reached.TrySetResult();
                return claimed;
            }

            _clock.AdvanceTo(new DateTimeOffset((due.UtcTicks + _tick - 1) / _tick * _tick, TimeSpan.Zero));
        }
    }
}
