using System.Runtime.InteropServices;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>Where drawn frames go, in order.</summary>
internal interface IFrameSink
{
    ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel);
}

/// <summary>Takes frames and drops them: measures what drawing alone costs.</summary>
internal sealed class NullFrameSink : IFrameSink
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) => ValueTask.CompletedTask;
}

/// <summary>Feeds ffmpeg's standard input.</summary>
internal sealed partial class FfmpegFrameSink : IFrameSink
{
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ
    private readonly FfmpegChild _ffmpeg;

    internal FfmpegFrameSink(FfmpegChild ffmpeg)
    {
        _ffmpeg = ffmpeg;
        // 64 KiB would wake the two sides twenty times a frame. A refusal (limits) costs speed only.
        if (OperatingSystem.IsLinux() && ffmpeg.Input is System.IO.Pipes.PipeStream pipe)
            _ = Control((int)pipe.SafePipeHandle.DangerousGetHandle(), SetPipeSize, 1 << 20);
        else if (OperatingSystem.IsLinux() && ffmpeg.Input is FileStream file)
            _ = Control((int)file.SafeFileHandle.DangerousGetHandle(), SetPipeSize, 1 << 20);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        try
        {
            await _ffmpeg.Input.WriteAsync(frame, cancel);
        }
        catch (IOException broken)
        {
            throw await _ffmpeg.BrokenAsync(broken);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
