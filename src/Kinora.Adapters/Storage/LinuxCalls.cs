using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Storage;

/// <summary>
/// The calls of Linux that open and name files beneath a folder's handle. Numbers are from the kernel's headers (asm-generic, and x86 where it differs).
/// Each returns -1 and sets the last P/Invoke error.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    /// <summary>Stands for the working folder, that is: for none, as paths are absolute.</summary>
    public static readonly SafeFileHandle CurrentFolder = new(-100, ownsHandle: false); // AT_FDCWD

    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>These two are the other way about on arm64.</summary>
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    public const ulong NoMagicLinks = 0x02;
    public const ulong NoLinks = 0x04;
    public const ulong Beneath = 0x08;

    public const int OpenAt2Number = 437;
    public static readonly int GetEntriesNumber = IsArm ? 61 : 217;
    public static readonly int RenameAt2Number = IsArm ? 276 : 316;

    public const uint NoReplace = 1;

    public const int MayWriteAndEnter = 3; // W_OK | X_OK

    public const int AtNoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    public const int AtEmptyPath = 0x1000;

    private const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static nint OpenAt2(long number, SafeFileHandle folder, string path, int flags, int mode, ulong resolve)
    {
        var how = new OpenHow { Flags = (uint)flags, Mode = (ulong)mode, Resolve = resolve };
        return Syscall(number, folder, path, &how, (nuint)sizeof(OpenHow));
    }

    /// <summary>What is under a name; a link is told as a link.</summary>
    /// <param name="name">Empty: the handle itself.</param>
    public static int Status(SafeFileHandle folder, string name, out FileStatus status)
    {
        fixed (FileStatus* into = &status)
        {
            return StatX(folder, name, name.Length == 0 ? AtEmptyPath : AtNoFollow, BasicStatus, into);
        }
    }

    public static nint GetEntries(SafeFileHandle folder, Span<byte> buffer)
    {
        fixed (byte* into = buffer)
        {
            return Syscall(GetEntriesNumber, folder, into, (nuint)buffer.Length);
        }
    }

    public static nint RenameAt2(SafeFileHandle folder, string from, string to, uint flags) => Syscall(RenameAt2Number, folder, from, folder, to, flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolder(SafeFileHandle folder, string name, int mode);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(SafeFileHandle folder, string name, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(SafeFileHandle folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(SafeFileHandle folder, string from, SafeFileHandle toFolder, string to, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyRange(SafeFileHandle from, nint fromAt, SafeFileHandle to, nint toAt, nuint count, uint flags);

    [LibraryImport("libc", EntryPoint = "sendfile", SetLastError = true)]
    public static partial nint SendFile(SafeFileHandle to, SafeFileHandle from, nint fromAt, nuint count);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Syscall(long number, SafeFileHandle folder, string path, OpenHow* how, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(long number, SafeFileHandle folder, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Syscall(long number, SafeFileHandle fromFolder, string from, SafeFileHandle toFolder, string to, nuint flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle folder, string path, int flags, uint mask, FileStatus* status);

    /// <summary><c>struct open_how</c>.</summary>
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
