using System.Collections.Concurrent;
using Kinora.Health;
using Kinora.Jobs.Steps;
using Kinora.Nodes;
using Kinora.Providers;
using Kinora.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>
/// The engine: claims due jobs in batches, as many of each provider as it may call at once (its breaker has a say), runs one step of each, and keeps their leases alive.
/// Any number of processes may run one on the same store.
/// </summary>
public sealed class JobRunner(
    IJobStore store, ProviderSet providers, JobSteps steps, CircuitBreakers breakers, INodes nodes, JobOptions options, TimeProvider time, ILogger<JobRunner> log) : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a machine relies on who else was there.</summary>
    private static readonly TimeSpan SeatAge = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<JobLease, JobWork> _active = new();
    private readonly Dictionary<string, int> _busy = providers.All.ToDictionary(p => p.Name, _ => 0);
    private readonly Lock _slots = new();
    private readonly ClaimPace _pace = new(time);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private NodeSeat _seat = NodeSeat.Alone;
    private long? _seatTakenAt;
    private readonly string _worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>How many jobs this process holds now.</summary>
    public int Active => _active.Count;

    /// <summary>Says that there is something to claim, e.g. after a create in this process.</summary>
    public void Wake()
    {
        // Asked before, for hundreds of steps end in a second and the exception costs more than the step; it remains for two that ask at once.
        if (_wake.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _wake.Release();
        }
        catch (Exception fault) when (fault is SemaphoreFullException or ObjectDisposedException)
        {
            // Already awake, or at its end: no reason to fail a create.
        }
    }

    /// <summary>
    /// Works until told to stop. Then nothing new is claimed, renders and downloads are handed back at once, and creates that are under way are
    /// waited for (they have a deadline of their own): their answers are worth money.
    /// </summary>
    /// <param name="abandon">Then even creates under way are not waited for any more: whoever claims their jobs next finds out what became of them.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abandon = default)
    {
        using var beating = new CancellationTokenSource();
        var heartbeat = HeartbeatAsync(beating.Token);
        store.Arrived += Wake;
        while (!stop.IsCancellationRequested)
        {
            var (jobs, left, pause) = await ClaimAndStartAsync();
            var rest = _pace.AfterClaim(jobs, left);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, CancellationToken.None);
            }

            if (pause > rest)
            {
                await WaitAsync(pause - rest, stop);
            }
        }

        store.Arrived -= Wake;
        foreach (var work in _active.Values)
        {
            work.Interrupt(Interruption.Stopping);
        }

        while (!_active.IsEmpty && !abandon.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }

        await beating.CancelAsync();
        await heartbeat;
    }

    public void Dispose() => _wake.Dispose();

    /// <returns>How many were started, whether more was due than there were slots for, and what to wait until something is due.</returns>
    private async Task<(int Jobs, bool Left, TimeSpan Pause)> ClaimAndStartAsync()
    {
        var idle = TimeSpan.FromMilliseconds(options.IdleMilliseconds);
        try
        {
            await breakers.RefreshAsync(CancellationToken.None);
            await TakeSeatAsync();
            var slots = FreeSlots();
            if (slots.Count == 0)
            {
                return (0, true, idle);
            }

            var now = time.GetUtcNow();
            var claimed = await store.ClaimAsync(
                new ClaimRequest(_worker, slots, now, now + TimeSpan.FromSeconds(options.LeaseSeconds), Suspect: !_active.Values.Any(work => work.IsSuspect)), CancellationToken.None);
            foreach (var job in claimed.Jobs)
            {
                Start(job);
            }

            if (claimed.Jobs.Count > 0)
            {
                CrashPoints.Hit(CrashPoints.InRecovery);
            }

            var untilDue = claimed.NextDue is { } due ? due - time.GetUtcNow() : idle;
            var left = untilDue <= TimeSpan.Zero;
            var starved = left && claimed.Jobs.Count == 0;
            return (claimed.Jobs.Count, left, starved || untilDue > idle ? idle : untilDue);
        }
        catch (Exception fault)
        {
            log.ClaimFailed(fault);
            return (0, false, idle * 5);
        }
    }

    private void Start(Job job)
    {
        _ = providers.TryGet(job.Provider, out var provider);
        if (job.Claims > 1)
        {
            // Who claimed it before has neither written nor given it back.
            Measures.LeasesTaken.Add(1, new KeyValuePair<string, object?>("provider", job.Provider));
        }

        lock (_slots)
        {
            _busy[provider!.Name]++;
        }

        var work = new JobWork(job, provider, store, breakers, time, TimeSpan.FromSeconds(options.LeaseSeconds), log);
        _active[work.Lease] = work;
        _ = Task.Run(() => RunAsync(work));
    }

    private async Task RunAsync(JobWork work)
    {
        try
        {
            await steps.RunAsync(work);
        }
        catch (Exception fault)
        {
            // Only the store itself can have failed here: the lease runs out and the job is taken again.
            log.StepFailed(work.Job.Id, work.Job.Provider, fault);
        }
        finally
        {
            lock (_slots)
            {
                _busy[work.Provider.Name]--;
            }

            _active.TryRemove(work.Lease, out _);
            work.Dispose();
            Wake();
        }
    }

    private Dictionary<string, int> FreeSlots()
    {
        lock (_slots)
        {
            return providers.All.Select(p => (p.Name, Room: breakers.Room(p.Name, Most(p) - _busy[p.Name]))).Where(p => p.Room > 0).ToDictionary(p => p.Name, p => p.Room);
        }
    }

    private int Most(IMediaProvider provider) =>
        provider.Traits.IsPerMachine ? provider.Traits.MaxConcurrent : _seat.ShareOf(provider.Traits.MaxConcurrent, provider.Name);

    private async Task TakeSeatAsync()
    {
        if (_seatTakenAt is not { } taken || time.GetElapsedTime(taken) > SeatAge)
        {
            _seat = await nodes.TakeSeatAsync(CancellationToken.None);
            _seatTakenAt = time.GetTimestamp();
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

    private async Task HeartbeatAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var work in _active.Values)
            {
                // Not one after the other: they share commits, and a slow one must not let the others' leases run out.
                _ = work.RenewWhenDueAsync();
            }

            try
            {
                await Task.Delay(Heartbeat, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
