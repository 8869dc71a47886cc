using Kinora.Adapters.Storage;
using Kinora.Secrets;

namespace Kinora.Adapters.Secrets;

/// <inheritdoc cref="IKeyFiles"/>
internal sealed class KeyFiles : IKeyFiles
{
    public byte[] ReadOrMake(string path, Func<byte[]> make)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            Make(path, make());
            return File.ReadAllBytes(path);
        }
    }

    // Whole and durable under another name first: no reader ever sees half a key, and no key is lost that something was encrypted or signed with.
    private static void Make(string path, byte[] content)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateFolder.FileMode }))
            {
                // The mode given above passed through the umask.
                File.SetUnixFileMode(file.SafeFileHandle, PrivateFolder.FileMode);
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            TryGiveName(part, path);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>
    /// Does nothing where another was faster. A second name is given in one step or not at all; <see cref="File.Move(string, string, bool)"/> looks first
    /// and then replaces what came in between, so it serves only where there are no second names.
    /// </summary>
    private static void TryGiveName(string part, string path)
    {
        try
        {
            if (!PosixFile.TryLink(part, path))
            {
                File.Move(part, path, overwrite: false);
            }
        }
        catch (IOException) when (File.Exists(path))
        {
        }
    }
}
