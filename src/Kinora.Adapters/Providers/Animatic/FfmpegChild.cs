using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// One run of ffmpeg or ffprobe: no shell, no inherited environment, standard error drained into a short tail. The only place of
/// this provider that starts a process. Disposing kills what still runs.
/// </summary>
internal sealed class FfmpegChild : IAsyncDisposable
{
    private const int TailLength = 4000;
    private readonly Process _process;
    private readonly Task<string> _tail;

    private FfmpegChild(Process process)
    {
        _process = process;
        _tail = DrainAsync(process.StandardError);
    }

    internal Stream Input => _process.StandardInput.BaseStream;

    internal Stream Output => _process.StandardOutput.BaseStream;

    internal static FfmpegChild Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return new FfmpegChild(Process.Start(start) ?? throw new Win32Exception());
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or DirectoryNotFoundException)
        {
            throw new AnimaticException("ffmpeg could not be started. Install ffmpeg, or set the path to it.", fault.Message, fault);
        }
    }

    /// <summary>Closes its input and waits; any exit code but 0 is a fault with ffmpeg's last words.</summary>
    internal async Task FinishAsync(CancellationToken cancel)
    {
        try
        {
            await _process.StandardInput.BaseStream.DisposeAsync();
        }
        catch (IOException)
        {
            // It went away first; the exit code tells why.
        }
        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
            throw new AnimaticException("ffmpeg ended with an error while the film was made.", $"exit {_process.ExitCode}: {await _tail}");
    }

    /// <summary>The fault of a broken pipe, told by the one who broke it.</summary>
    internal async Task<AnimaticException> BrokenAsync(Exception fault)
    {
        Kill();
        await Task.WhenAny(_tail, Task.Delay(TimeSpan.FromSeconds(5)));
        var tail = _tail.IsCompletedSuccessfully ? await _tail : null;
        return new AnimaticException("ffmpeg ended before the film was complete.", tail, fault);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Already gone.
        }
    }

    private static async Task<string> DrainAsync(StreamReader reader)
    {
        var tail = new StringBuilder();
        var buffer = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            tail.Append(buffer, 0, read);
            if (tail.Length > TailLength)
                tail.Remove(0, tail.Length - TailLength);
        }
        return tail.ToString().Trim();
    }
}
