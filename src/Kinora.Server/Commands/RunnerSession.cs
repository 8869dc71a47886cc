using System.Diagnostics;
using Kinora.Configuration;
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
            StartWorker(_host.Data);
        }
    }

    /// <summary>
    /// Starts <c>kinora work</c>, detached: a session of its own and no stream of ours, so that neither closing the terminal nor a reader of our output is
    /// held up or hurt. A second worker of one folder ends by itself.
    /// </summary>
    public static void StartWorker(DataFolder data)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("command -v setsid >/dev/null && exec setsid \"$@\" </dev/null >/dev/null 2>&1 & exit 0");
        start.ArgumentList.Add("kinora");
        foreach (var part in ProgramCommand())
        {
            start.ArgumentList.Add(part);
        }

        start.ArgumentList.Add("work");
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(data.Path);
        using var shell = Process.Start(start);
        shell?.WaitForExit();
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

    /// <summary>How to start this program again.</summary>
    private static IEnumerable<string> ProgramCommand()
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? [path, typeof(RunnerSession).Assembly.Location] : [path];
    }
}
