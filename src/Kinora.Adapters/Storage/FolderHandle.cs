using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Storage;

/// <summary>
/// An open folder and what can be done beneath it. Every open is one <c>openat2</c> that follows no link and cannot leave the folder, whatever is exchanged
/// meanwhile; every other call takes one plain part of a name, which no link can lead astray. Knows nothing of which names are allowed: it must hold for any.
/// </summary>
internal sealed class FolderHandle : IDisposable
{
    private const ulong Inside = LinuxCalls.Beneath | LinuxCalls.NoLinks | LinuxCalls.NoMagicLinks;
    private const int TriesWhileRenamed = 100;
    private const int UsualFolderMode = 0x1FF; // 0777, less the umask.
    private const int UsualFileMode = 0x1B6; // 0666, less the umask.

    private FolderHandle(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <param name="path">Absolute, without a separator at the end; those above may be links, the folder itself not.</param>
    /// <param name="openCall">Number of <c>openat2</c>; another one stands in for a kernel without it.</param>
    public static FolderHandle OpenRoot(string path, long openCall = LinuxCalls.OpenAt2Number) =>
        new(Open(openCall, LinuxCalls.CurrentFolder, path, FolderFlags | LinuxCalls.NoFollow, 0, LinuxCalls.NoMagicLinks));

    /// <summary>Opens the folder above a root, to make it in.</summary>
    public static FolderHandle OpenAbove(string path) =>
        new(Open(LinuxCalls.OpenAt2Number, LinuxCalls.CurrentFolder, path, FolderFlags, 0, LinuxCalls.NoMagicLinks));

    /// <summary>Which folder a path leads to now, or null.</summary>
    public static FileStatus? StatusOf(string path) => LinuxCalls.Status(LinuxCalls.CurrentFolder, path, out var status) == 0 ? status : null;

    public static FileStatus StatusOf(SafeFileHandle handle) => LinuxCalls.Status(handle, "", out var status) == 0 ? status : throw Fault("look at");

    public FolderHandle OpenFolder(string name) => new(OpenInside(name, FolderFlags, 0));

    /// <summary>For reading. Whatever it is: the caller looks at its status before reading. Never waits for a pipe or device.</summary>
    public SafeFileHandle OpenFile(string name) => OpenInside(name, LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.NoTerminal, 0);

    /// <summary>A new file; fails when there is anything of that name.</summary>
    public SafeFileHandle CreateFile(string name) =>
        OpenInside(name, LinuxCalls.ReadWrite | LinuxCalls.Create | LinuxCalls.Exclusive, UsualFileMode);

    /// <summary>Fails when this process may not make files in it, or nobody may: a volume that is read-only.</summary>
    public void RequireWritable()
    {
        if (LinuxCalls.Access(Handle, ".", LinuxCalls.MayWriteAndEnter, 0) != 0)
        {
            throw Fault("write to");
        }
    }

    /// <summary>Makes a folder, durably; one that is there already is as good.</summary>
    /// <param name="part">One plain part of a name, as of all that follow.</param>
    public void MakeFolder(string part)
    {
        if (LinuxCalls.MakeFolder(Handle, Plain(part), UsualFolderMode) == 0)
        {
            Sync();
        }
        else if (Marshal.GetLastPInvokeError() != Errno.Exists)
        {
            throw Fault("make folder");
        }
    }

    /// <summary>What is under a name; links are told as links. Null: nothing.</summary>
    public FileStatus? Status(string part) => LinuxCalls.Status(Handle, Plain(part), out var status) == 0 ? status : null;

    /// <summary>Gives a file of this folder its final name in it, in one step.</summary>
    /// <param name="replace">False: fails with <see cref="Errno.Exists"/> when there is anything of that name, a link too. True: replaces it; never a link's target.</param>
    public void Rename(string from, string to, bool replace)
    {
        if (LinuxCalls.RenameAt2(Handle, Plain(from), Plain(to), replace ? 0 : LinuxCalls.NoReplace) == 0)
        {
            return;
        }

        // Network file systems may not know the flag. There a second name does the same: it is never given to what is there.
        if (replace || Marshal.GetLastPInvokeError() is not (Errno.Invalid or Errno.NotImplemented or Errno.NotSupported))
        {
            throw Fault("rename");
        }

        RenameByLink(from, to);
    }

    /// <inheritdoc cref="Rename"/>
    public void RenameByLink(string from, string to)
    {
        if (LinuxCalls.Link(Handle, Plain(from), Handle, Plain(to), 0) != 0)
        {
            throw Fault("link");
        }

        Remove(from);
    }

    /// <summary>Removes a file's name; nothing there is no error.</summary>
    public void Remove(string part)
    {
        if (LinuxCalls.Unlink(Handle, Plain(part), 0) != 0 && Marshal.GetLastPInvokeError() != Errno.NotFound)
        {
            throw Fault("remove");
        }
    }

    /// <summary>Makes the names in the folder durable.</summary>
    public void Sync()
    {
        if (LinuxCalls.Sync(Handle) != 0)
        {
            throw Fault("sync folder");
        }
    }

    public void Dispose() => Handle.Dispose();

    private static int FolderFlags => LinuxCalls.ReadOnly | LinuxCalls.Directory;

    private SafeFileHandle OpenInside(string name, int flags, int mode) => Open(LinuxCalls.OpenAt2Number, Handle, name, flags, mode, Inside);

    private static SafeFileHandle Open(long call, SafeFileHandle folder, string name, int flags, int mode, ulong resolve)
    {
        // A name would end at NUL for the kernel.
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException("open: NUL in the name", Errno.Invalid);
        }

        for (var tries = 0; ; tries++)
        {
            var handle = LinuxCalls.OpenAt2(call, folder, name, flags | LinuxCalls.CloseOnExec, mode, resolve);
            if (handle >= 0)
            {
                return new SafeFileHandle(handle, ownsHandle: true);
            }

            // The kernel gives up with "try again" when it cannot be sure that nobody renamed something above.
            if (tries == TriesWhileRenamed || Marshal.GetLastPInvokeError() is not (Errno.TryAgain or Errno.Interrupted))
            {
                throw Fault("open");
            }
        }
    }

    private static string Plain(string part) =>
        part.Length > 0 && part is not ("." or "..") && part.AsSpan().IndexOfAny('/', '\0') < 0
            ? part
            : throw new ArgumentException("One plain part of a name is expected.", nameof(part));

    private static IOException Fault(string doing)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{doing}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }
}
