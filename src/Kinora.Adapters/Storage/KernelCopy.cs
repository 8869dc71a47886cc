using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Storage;

/// <summary>Copies a file from handle to handle inside the kernel: its bytes never come here, and a file system that can share them does.</summary>
internal static class KernelCopy
{
    /// <summary>Between two chunks a copy can be cancelled.</summary>
    private const int ChunkBytes = 16 << 20;

    /// <summary>Blocks; for a thread of its own. Both handles are at their beginning.</summary>
    public static void Run(SafeFileHandle from, SafeFileHandle to, CancellationToken cancel)
    {
        // Which of the two works depends on both file systems and on the kernel; the first call tells.
        var ranges = true;
        for (var copied = 0L; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var count = ranges ? LinuxCalls.CopyRange(from, 0, to, 0, ChunkBytes, 0) : LinuxCalls.SendFile(to, from, 0, ChunkBytes);
            var errno = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (count > 0)
            {
                copied += count;
            }
            else if (ranges && copied == 0 && (count == 0 || IsUnable(errno)))
            {
                // Some file systems answer 0 where they cannot; an empty file ends the next round.
                ranges = false;
            }
            else if (count == 0)
            {
                return;
            }
            else if (errno != Errno.Interrupted)
            {
                throw new IOException($"copy: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
            }
        }
    }

    private static bool IsUnable(int errno) =>
        errno is Errno.OtherVolume or Errno.Invalid or Errno.NotImplemented or Errno.NotSupported or Errno.NotPermitted or Errno.BadHandle or Errno.TextBusy;
}
