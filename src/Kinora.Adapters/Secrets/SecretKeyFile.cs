using System.Text;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Secrets;

namespace Kinora.Adapters.Secrets;

/// <summary>A key of 32 bytes in a file that only our user may read: one line of base64, so that it can be copied into a setting. Made when it is first needed.</summary>
internal sealed class SecretKeyFile(string path, IRandomBytes random, IKeyFiles files)
{
    /// <summary>Null when there is no file yet.</summary>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: it cannot be read, or holds no key.</exception>
    public byte[]? Read()
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
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
    public byte[] ReadOrMake()
    {
        try
        {
            return Parse(files.ReadOrMake(path, New));
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "The disk of the data folder is full; nothing was stored. Make room and try again.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable("cannot be read or made", fault);
        }
    }

    private byte[] New()
    {
        var key = new byte[SecretKey.Bytes];
        random.Fill(key);
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n");
    }

    private static byte[] Parse(byte[] content) => SecretKey.Parse(Encoding.UTF8.GetString(content)) ?? throw Unusable("holds no key of 32 bytes in base64");

    private static KinoraException Unusable(string what, Exception? inner = null) => new(
        ErrorCodes.ConfigurationInvalid, $"The file secret.key in the data folder {what}. Restore it from a backup, or set Webhooks:EncryptionKey.", inner?.Message, inner);
}
