using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kinora.Adapters.Media;

/// <summary>
/// Starts every child on one thread that lives as long as the process. The kernel sends a child its parent-death signal when the *thread*
/// that started it ends, and threads of the pool come and go.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Queue = [];

    static SpawnThread() =>
        new Thread(Run) { Name = "kinora-spawn", IsBackground = true }.Start();

    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((info, started));
        return started.Task;
    }

    private static void Run()
    {
        foreach (var (info, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception fault)
            {
                started.SetException(fault);
            }
        }
    }
}
