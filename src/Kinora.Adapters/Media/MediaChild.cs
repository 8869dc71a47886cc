using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Kinora.Errors;

namespace Kinora.Adapters.Media;

/// <summary>
/// Runs one media program as a child: no shell, clean environment, limits of time, memory and output, killed with everything it started when it is
/// over time or no longer wanted, and dying with this process. Safe to call from many threads.
/// </summary>
internal static partial class MediaChild
{
    private const int ErrorTailBytes = 4096;

    /// <summary>How long the pipes may stay open after the child is gone, when something it started still holds them.</summary>
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <returns>How it ended, also when it failed or was over time.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, and the child is gone.</exception>
    /// <exception cref="KinoraException"><c>media_tool_missing</c>: the program could not be started.</exception>
    public static async Task<MediaChildResult> RunAsync(MediaChildSpec spec, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var process = await StartAsync(spec);
        using var gone = new CancellationTokenSource();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(spec.Limits.Wall);

        var input = Task.Run(() => FeedAsync(process.StandardInput, spec.WriteInput, gone.Token), CancellationToken.None);
        var output = Task.Run(() => DrainAsync(process.StandardOutput.BaseStream, spec, limit.Token), CancellationToken.None);
        var errors = Task.Run(() => TailAsync(process.StandardError.BaseStream), CancellationToken.None);

        var (ended, timedOut) = (false, false);
        try
        {
            await ExitAsync(process, input, output, limit.Token);
            if (spec.ReadOutput is not null)
            {
                // What the child wrote last may still be in the pipe.
                await output.WaitAsync(limit.Token);
            }

            ended = true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            timedOut = !cancel.IsCancellationRequested;
        }
        finally
        {
            if (!ended)
            {
                await KillAsync(process);
            }
        }

        // Fired on the pool: a caller's own continuation must not run, or throw, here.
        await gone.CancelAsync();
        var written = await WithinGraceAsync(input, false);
        var kept = await WithinGraceAsync(output, (Bytes: Array.Empty<byte>(), Cut: true));
        cancel.ThrowIfCancellationRequested();
        return new MediaChildResult
        {
            ExitCode = process.ExitCode,
            TimedOut = timedOut,
            InputRefused = !written,
            Output = kept.Bytes,
            OutputCut = kept.Cut,
            ErrorTail = await WithinGraceAsync(errors, ""),
        };
    }

    private static async Task<Process> StartAsync(MediaChildSpec spec)
    {
        if (!File.Exists(spec.Program))
        {
            throw Missing(spec, null);
        }

        try
        {
            return await SpawnThread.StartAsync(ChildCommand.For(spec));
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw Missing(spec, fault);
        }
    }

    private static KinoraException Missing(MediaChildSpec spec, Exception? fault) => new(
        ErrorCodes.MediaToolMissing,
        $"The program {Path.GetFileName(spec.Program)} could not be started on this server. `kinora doctor` says what is missing.",
        spec.Program,
        fault);

    /// <summary>Waits for the end of the child, or for a fault of the caller's own feeder or reader, which is thrown.</summary>
    private static async Task ExitAsync(Process process, Task input, Task output, CancellationToken limit)
    {
        var exit = process.WaitForExitAsync(limit);
        List<Task> open = [exit, input, output];
        while (!exit.IsCompleted)
        {
            var first = await Task.WhenAny(open);
            await first;
            open.Remove(first);
        }

        await exit;
    }

    /// <summary>
    /// The runtime joins the child's standard input by a pair of sockets (1.2 GB/s measured). A closed one shows as a socket fault of several
    /// codes: reset, broken pipe, even timed out.
    /// </summary>
    /// <returns>True when everything was written.</returns>
    private static async Task<bool> FeedAsync(StreamWriter pipe, Func<Stream, CancellationToken, Task>? write, CancellationToken gone)
    {
        try
        {
            if (write is not null)
            {
                WidePipe.Widen(pipe.BaseStream);
                await write(pipe.BaseStream, gone);
            }

            pipe.Close();
            return true;
        }
        catch (IOException fault) when (fault.InnerException is SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<(byte[] Bytes, bool Cut)> DrainAsync(Stream pipe, MediaChildSpec spec, CancellationToken gone)
    {
        if (spec.ReadOutput is { } read)
        {
            await read(pipe, gone);
            return ([], false);
        }

        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var cut = false;
        int count;
        while ((count = await pipe.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            var room = (int)Math.Min(count, spec.MaxOutputBytes - kept.Length);
            kept.Write(buffer, 0, room);
            cut |= room < count;
        }

        return (kept.ToArray(), cut);
    }

    private static async Task<string> TailAsync(Stream pipe)
    {
        var tail = new byte[ErrorTailBytes * 2];
        var length = 0;
        int count;
        while ((count = await pipe.ReadAsync(tail.AsMemory(length))) > 0)
        {
            length += count;
            if (length > ErrorTailBytes)
            {
                tail.AsSpan(length - ErrorTailBytes, ErrorTailBytes).CopyTo(tail);
                length = ErrorTailBytes;
            }
        }

        return Encoding.UTF8.GetString(tail, 0, length);
    }

    private static async Task KillAsync(Process process)
    {
        // The group first: it holds what the child started. The second call is for the moment before setsid has run, or where it is missing.
        _ = Kill(-process.Id, KillSignal);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task<T> WithinGraceAsync<T>(Task<T> pipe, T otherwise)
    {
        try
        {
            return await pipe.WaitAsync(PipeGrace);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return otherwise;
        }
    }

    private const int KillSignal = 9;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
