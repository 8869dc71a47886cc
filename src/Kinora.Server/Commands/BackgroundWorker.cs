using System.Diagnostics;
using Kinora.Configuration;

namespace Kinora.Server.Commands;

/// <summary>Starting <c>kinora work</c>, so that jobs go on without the process that made them.</summary>
internal static class BackgroundWorker
{
    /// <summary>
    /// Starts one, detached: a session of its own and no stream of ours, so that neither closing the terminal nor a reader of our output is held up or
    /// hurt. A second worker of one folder ends by itself.
    /// </summary>
    public static void Start(DataFolder data)
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

    /// <summary>Starts one unless one holds the folder's lock: that one looks once more for jobs when it has let go of it (<see cref="WorkCommand"/>).</summary>
    public static void Ensure(DataFolder data)
    {
        using (var free = TryLock(data))
        {
            if (free is null)
            {
                return;
            }
        }

        Start(data);
    }

    /// <summary>The lock of the one worker of a data folder; null while another has it.</summary>
    public static FileStream? TryLock(DataFolder data)
    {
        try
        {
            return new FileStream(data.WorkerLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>How to start this program again.</summary>
    private static IEnumerable<string> ProgramCommand()
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? [path, typeof(BackgroundWorker).Assembly.Location] : [path];
    }
}
