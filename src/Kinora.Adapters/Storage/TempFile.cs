using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Storage;

/// <summary>A file on its way into a user folder: written under a hidden name that no caller can ask for, then whole and durable under its own, or gone.</summary>
internal sealed class TempFile : IDisposable
{
    private const string Prefix = ".kinora-";
    private const string Suffix = ".part";

    /// <summary>A file that grows is younger; one that is older was left by a process that was killed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(24);

    private readonly FolderHandle _folder;
    private readonly string _name;
    private bool _kept;

    private TempFile(FolderHandle folder, string name)
    {
        _folder = folder;
        _name = name;
        Handle = folder.CreateFile(name);
    }

    public SafeFileHandle Handle { get; }

    /// <param name="folder">Stays the caller's; must outlive the file.</param>
    public static TempFile Create(FolderHandle folder)
    {
        ClearAbandoned(folder);
        return new TempFile(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Guid.NewGuid():N}{Suffix}"));
    }

    /// <summary>Makes the bytes durable and gives the file its name.</summary>
    /// <returns>What it is now.</returns>
    /// <exception cref="IOException">With errno; <see cref="Errno.Exists"/> when the name is taken and may not be replaced.</exception>
    public FileStatus Keep(string name, bool replace)
    {
        if (LinuxCalls.Sync(Handle) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new IOException($"sync: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
        }

        var status = FolderHandle.StatusOf(Handle);
        _folder.Rename(_name, name, replace);
        _kept = true;
        _folder.Sync();
        return status;
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (!_kept)
        {
            _folder.Remove(_name);
        }
    }

    private static void ClearAbandoned(FolderHandle folder)
    {
        var limit = DateTimeOffset.UtcNow - Abandoned;
        foreach (var name in FolderEntries.Read(folder, CancellationToken.None))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
                && folder.Status(name) is { IsFile: true } status && status.ModifiedAt < limit)
            {
                folder.Remove(name);
            }
        }
    }
}
