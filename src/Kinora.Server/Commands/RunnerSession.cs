using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Configuration;

namespace Kinora.Server.Commands;

/// <summary>
/// The engine, running for as long as a command waits. When the command leaves while jobs are open, a background worker of the same data folder takes over,
/// so that a job made from a shell goes on without it.
/// </summary>
internal sealed partial class RunnerSession : IAsyncDisposable
{
    /// <summary>How often a server that runs for long removes what could not be removed when it was deleted.</summary>
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _abandon = new();
    private readonly KinoraHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _ended;

    public RunnerSession(KinoraHost host)
    {
        _host = host;
        var runner = host.Get<JobRunner>();
        host.Get<GenerationService>().Submitted += runner.Wake;
        _running = Task.Run(() => Task.WhenAll(runner.RunAsync(_stop.Token, _abandon.Token), SweepAsync(host, _stop.Token)));
    }

    /// <summary>Stops the engine here, without a worker that goes on: the next server does. What cannot be ended within the limit is left to it too.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        _abandon.CancelAfter(limit);
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(_abandon.Token);
        }
        catch (OperationCanceledException)
        {
            LeftBehind(_host.Get<ILogger<RunnerSession>>());
        }

        _ended = true;
    }

    /// <summary>Stops the engine here; submissions under way are waited for. Then hands over what is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        if (await _host.Get<IJobStore>().CountOpenAsync(CancellationToken.None) > 0)
        {
            BackgroundWorker.Start(_host.Data);
        }
    }

    /// <summary>What a killed process left is tidied up by the next one that works; it never fails a command.</summary>
    private static async Task SweepAsync(KinoraHost host, CancellationToken stop)
    {
        var sweep = host.Get<Sweep>();
        await TryAsync(host, sweep.RunAsync);
        using var again = new PeriodicTimer(PurgeEvery, host.Get<TimeProvider>());
        try
        {
            while (await again.WaitForNextTickAsync(stop))
            {
                await TryAsync(host, sweep.PurgeAsync);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task TryAsync(KinoraHost host, Func<CancellationToken, Task> sweep)
    {
        try
        {
            await sweep(CancellationToken.None);
        }
        catch (Exception fault) when (fault is KinoraException or IOException or UnauthorizedAccessException)
        {
            SweepFailed(host.Get<ILogger<RunnerSession>>(), fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine could not end in time: creates that wait for an answer are looked up by the next server")]
    private static partial void LeftBehind(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leftovers of an earlier process could not be removed; tried again later")]
    private static partial void SweepFailed(ILogger log, Exception fault);
}
