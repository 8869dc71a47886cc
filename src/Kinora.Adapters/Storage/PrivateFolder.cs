namespace Kinora.Adapters.Storage;

/// <summary>Folders and files that only our user may open, whatever the umask is.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder and those above it that are missing, durably.</summary>
    /// <returns><paramref name="path"/></returns>
    public static string Ensure(string path)
    {
        if (Directory.Exists(path))
        {
            return path;
        }

        var above = Path.GetDirectoryName(path)!;
        Ensure(above);
        Directory.CreateDirectory(path, FolderMode);
        // The mode given above passed through the umask.
        File.SetUnixFileMode(path, FolderMode);
        PosixFile.SyncFolder(above);
        return path;
    }
}
