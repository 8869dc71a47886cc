using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Kinora.Adapters.Media;

/// <summary>
/// Makes a child's pipe hold a whole mebibyte. By default it holds 64 KiB, so that a raw frame costs both sides some twenty switches of context:
/// measured at 1280x720, an encoder fed through the wide pipe is about as fast as one that reads a file.
/// </summary>
internal static partial class WidePipe
{
    // Linux fcntl(2): F_SETPIPE_SZ. The most an unprivileged process may ask for by default is 1 MiB (pipe(7)).
    private const int SetPipeSize = 1031;
    private const int Bytes = 1 << 20;

    /// <summary>Does its best: elsewhere, or when refused, the pipe stays as it is.</summary>
    public static void Widen(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream { SafePipeHandle: { IsInvalid: false } handle })
        {
            _ = Control(handle, SetPipeSize, Bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeHandle handle, int command, int value);
}
