using System.Security.Cryptography;

namespace Kinora.Assets;

/// <summary>Size and SHA-256 of a local file.</summary>
public static class FileHash
{
    public static async Task<(long Bytes, string Sha256)> OfAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var hash = await SHA256.HashDataAsync(file, cancel);
        return (file.Length, Convert.ToHexStringLower(hash));
    }
}
