using Kinora.Errors;

namespace Kinora.Adapters.Storage;

/// <summary>
/// Where a root is, and that it is still the same folder: opened anew for each use, so that a volume can be unmounted, and compared with the first
/// time, so that nothing is ever written to what has taken its place. Touches no disk before <see cref="Open"/>.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="openCall">See <see cref="FolderHandle.OpenRoot"/>.</param>
internal sealed class RootPlace(string path, FolderFaults faults, long openCall)
{
    private readonly Lock _lock = new();
    private (uint, uint, ulong)? _known;

    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <exception cref="KinoraException"><c>folder_unusable</c>.</exception>
    public FolderHandle Open()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw faults.NoSandbox(null);
        }

        try
        {
            return Same(OpenOrMake());
        }
        catch (IOException fault)
        {
            throw faults.OfRoot(fault, FolderHandle.StatusOf(Path));
        }
    }

    private FolderHandle OpenOrMake()
    {
        try
        {
            return FolderHandle.OpenRoot(Path, openCall);
        }
        catch (IOException fault) when (fault.HResult == Errno.NotFound && _known is null)
        {
            using var above = FolderHandle.OpenAbove(System.IO.Path.GetDirectoryName(Path)!);
            above.MakeFolder(System.IO.Path.GetFileName(Path));
            return FolderHandle.OpenRoot(Path, openCall);
        }
    }

    private FolderHandle Same(FolderHandle root)
    {
        var identity = FolderHandle.StatusOf(root.Handle).Identity;
        lock (_lock)
        {
            if ((_known ??= identity) == identity)
            {
                return root;
            }
        }

        root.Dispose();
        throw faults.Replaced();
    }
}
