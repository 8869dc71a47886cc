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
    private readonly KinoraHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunnerSession(KinoraHost host)
    {
        _host = host;
        var runner = host.Get<JobRunner>();
        host.Get<GenerationService>().Submitted += runner.Wake;
        _running = Task.Run(() => Task.WhenAll(runner.RunAsync(_stop.Token), SweepAsync(host)));
    }

    /// <summary>Stops the engine here; submissions under way are waited for. Then hands over what is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        if (await _host.Get<IJobStore>().CountOpenAsync(CancellationToken.None) > 0)
        {
            BackgroundWorker.Start(_host.Data);
        }
    }

    /// <summary>What a killed process left is tidied up by the next one that works; it never fails a command.</summary>
    private static async Task SweepAsync(KinoraHost host)
    {
        try
        {
            await host.Get<Sweep>().RunAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is KinoraException or IOException or UnauthorizedAccessException)
        {
            SweepFailed(host.Get<ILogger<RunnerSession>>(), fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leftovers of an earlier process could not be removed; tried again later")]
    private static partial void SweepFailed(ILogger log, Exception fault);
}
