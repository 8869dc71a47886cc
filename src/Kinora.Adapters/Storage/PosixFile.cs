using System.Runtime.InteropServices;

namespace Kinora.Adapters.Storage;

/// <summary>The file system calls that .NET does not offer.</summary>
internal static partial class PosixFile
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on x64 and arm64.
    private const int NotPermitted = 1;
    private const int OtherVolume = 18;
    private const int TooManyLinks = 31;
    private const int NotSupported = 95;

    /// <summary>Gives a file a second name; it costs no room.</summary>
    /// <returns>False where the file system cannot: on another volume, or of a kind without links.</returns>
    /// <exception cref="IOException">Any other fault, with errno as its HResult.</exception>
    public static bool TryLink(string existing, string name)
    {
        if (Link(existing, name) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() is OtherVolume or NotPermitted or TooManyLinks or NotSupported ? false : throw Fault("link");
    }

    /// <summary>Makes the bytes of a file durable.</summary>
    public static void Sync(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes the names in a folder durable: without it a rename may be forgotten after a power loss.</summary>
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, ReadOnlyCloseOnExec);
        if (handle < 0)
        {
            throw Fault("open folder");
        }

        try
        {
            if (SyncHandle(handle) != 0)
            {
                throw Fault("sync folder");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Fault(string doing)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{doing}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncHandle(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
