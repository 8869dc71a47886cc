using Kinora.Adapters.Storage;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Adapters.Secrets;

/// <summary>A key of 32 bytes in a file that only our user may read: one line of base64, so that it can be copied into a setting. Made when it is first needed.</summary>
internal sealed class SecretKeyFile(string path, IRandomBytes random)
{
    /// <summary>Null when there is no file yet.</summary>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: it cannot be read, or holds no key.</exception>
    public byte[]? Read()
    {
        try
        {
            return SecretKey.Parse(File.ReadAllText(path)) ?? throw Unusable("holds no key of 32 bytes in base64");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable("cannot be read", fault);
        }
    }

    /// <summary>The key, made now if there is none. Of several processes that make it at once, all get the same.</summary>
    public byte[] ReadOrMake() => Read() ?? Make();

    private byte[] Make()
    {
        // Whole and durable under another name first: no reader ever sees half a key, and no key is lost that something was encrypted with.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Write(part);
            TryGiveName(part);
            PosixFile.SyncFolder(Path.GetDirectoryName(path)!);
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is full; nothing was stored. Make room and try again.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable("cannot be made", fault);
        }
        finally
        {
            File.Delete(part);
        }

        return Read() ?? throw Unusable("cannot be made");
    }

    private void Write(string part)
    {
        var key = new byte[SecretKey.Bytes];
        random.Fill(key);
        using var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateFolder.FileMode });
        // The mode given above passed through the umask.
        File.SetUnixFileMode(file.SafeFileHandle, PrivateFolder.FileMode);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Does nothing where another process was faster.</summary>
    private void TryGiveName(string part)
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

    private static KinoraException Unusable(string what, Exception? inner = null) => new(
        ErrorCodes.ConfigurationInvalid, $"The file secret.key in the data folder {what}. Restore it from a backup, or set Webhooks:EncryptionKey.", inner?.Message, inner);
}
