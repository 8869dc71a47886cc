using Kinora.Folders;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Storage;

/// <summary>
/// A user folder on local disk. The rule of names refuses what looks bad; that nothing leaves the folder is the work of <see cref="FolderHandle"/>
/// and holds for any name. Needs Linux with <c>openat2</c>, else everything is refused.
/// </summary>
internal sealed class SafeRoot(string path, FolderFaults faults, long openCall = LinuxCalls.OpenAt2Number) : IUserFolder
{
    private readonly RootPlace _place = new(path, faults, openCall);

    public string Path => _place.Path;

    public void Check()
    {
        using var root = _place.Open();
        try
        {
            root.RequireWritable();
        }
        catch (IOException fault)
        {
            throw faults.OfWrite(fault);
        }
    }

    public Task<UserFile> OpenAsync(string name, CancellationToken cancel)
    {
        UserFileName.Require(name);
        cancel.ThrowIfCancellationRequested();
        using var root = _place.Open();
        SafeFileHandle? handle = null;
        try
        {
            handle = root.OpenFile(name);
            var status = FolderHandle.StatusOf(handle);
            if (!status.IsFile)
            {
                throw faults.NotFound();
            }

            if (status.Links > 1)
            {
                throw faults.HardLinked();
            }

            return Task.FromResult(new UserFile(Info(name, status), new FileStream(handle, FileAccess.Read, bufferSize: 1)));
        }
        catch (Exception fault)
        {
            handle?.Dispose();
            throw fault is IOException io ? faults.OfRead(io) : fault;
        }
    }

    public Task<UserFileInfo> SaveAsync(string name, Func<Stream, CancellationToken, Task> write, bool overwrite, CancellationToken cancel) =>
        WriteAsync(
            name,
            overwrite,
            async handle =>
            {
                // Not disposed: the handle is still needed, for the sync. Without a buffer there is nothing to flush.
                var content = new FileStream(handle, FileAccess.Write, bufferSize: 0);
                await write(content, cancel);
            },
            cancel);

    public Task<UserFileInfo> CopyInAsync(string name, string localFile, bool overwrite, CancellationToken cancel) =>
        WriteAsync(
            name,
            overwrite,
            async handle =>
            {
                using var from = File.OpenHandle(localFile, options: FileOptions.SequentialScan);
                await Task.Run(() => KernelCopy.Run(from, handle, cancel), cancel);
            },
            cancel);

    public IReadOnlyList<UserFileInfo> List(CancellationToken cancel)
    {
        using var root = _place.Open();
        var found = new List<UserFileInfo>();
        try
        {
            Add(root, "", found, cancel);
        }
        catch (IOException fault)
        {
            throw faults.OfRead(fault);
        }

        return found;
    }

    private static void Add(FolderHandle folder, string prefix, List<UserFileInfo> found, CancellationToken cancel)
    {
        foreach (var entry in FolderEntries.Read(folder, cancel))
        {
            var name = prefix + entry;
            if (!UserFileName.IsAllowed(name) || folder.Status(entry) is not { } status)
            {
                continue;
            }

            if (status is { IsFile: true, Links: 1 })
            {
                found.Add(Info(name, status));
            }
            else if (status.IsFolder)
            {
                AddBelow(folder, entry, name, found, cancel);
            }
        }
    }

    private static void AddBelow(FolderHandle folder, string entry, string name, List<UserFileInfo> found, CancellationToken cancel)
    {
        try
        {
            using var below = folder.OpenFolder(entry);
            Add(below, name + "/", found, cancel);
        }
        catch (IOException)
        {
            // Gone or exchanged since, or not ours to read: its files could not be asked for either.
        }
    }

    private async Task<UserFileInfo> WriteAsync(string name, bool overwrite, Func<SafeFileHandle, Task> write, CancellationToken cancel)
    {
        UserFileName.Require(name);
        cancel.ThrowIfCancellationRequested();
        using var root = _place.Open();
        try
        {
            using var folder = WalkTo(root, name, out var last);
            switch (folder.Status(last))
            {
                case { IsFile: true } when !overwrite:
                    throw faults.Exists();
                case { IsFile: false }:
                    throw faults.NoPlainFile();
            }

            using var file = TempFile.Create(folder);
            await write(file.Handle);
            cancel.ThrowIfCancellationRequested();
            return Info(name, await Task.Run(() => file.Keep(last, overwrite), CancellationToken.None));
        }
        catch (IOException fault) when (fault.HResult is > 0 and < 4096)
        {
            // A small number is an errno: ours or the disk's, not a fault of the network or pipe that the caller reads from.
            throw faults.OfWrite(fault);
        }
    }

    /// <summary>Opens the folder that a name's last part is in; folders that are missing on the way are made.</summary>
    private static FolderHandle WalkTo(FolderHandle root, string name, out string last)
    {
        var parts = name.Split('/');
        last = parts[^1];
        var folder = root.OpenFolder(".");
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            using var above = folder;
            try
            {
                folder = above.OpenFolder(part);
            }
            catch (IOException fault) when (fault.HResult == Errno.NotFound)
            {
                above.MakeFolder(part);
                folder = above.OpenFolder(part);
            }
        }

        return folder;
    }

    private static UserFileInfo Info(string name, FileStatus status) => new(name, status.Bytes, status.ModifiedAt);
}
