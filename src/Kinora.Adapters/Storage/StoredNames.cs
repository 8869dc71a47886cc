using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Storage;

/// <summary>Names of stored files below their folder or prefix, the same on disk and in a bucket: ids, hashes and names of ours, never a caller's words.</summary>
internal static class StoredNames
{
    /// <summary><c>ab/ab12…</c>: of everything of a job.</summary>
    public static string Folder(JobId job) => $"{job.Hex[..2]}/{job.Hex}";

    /// <summary>The names are ours, but they come back from a database that someone may have edited.</summary>
    public static string Plain(string name) =>
        name.Length > 0 && name[0] != '.' && !name.Contains('/') ? name : throw new ArgumentException($"'{name}' is no name of an asset.", nameof(name));

    public static string Input(InputImage image) => Named(image.Sha256, image.MimeType == "image/jpeg" ? ".jpg" : ".png");

    public static string Input(InputVideo video) => Named(video.Sha256, video.MimeType switch
    {
        "video/webm" => ".webm",
        "video/quicktime" => ".mov",
        _ => ".mp4",
    });

    /// <summary>A local copy of a job's file: of another content it has another name.</summary>
    public static string Copy(Asset asset) => Named(asset.Sha256, Path.GetExtension(Plain(asset.FileName)), asset.JobId.Hex + "-");

    private static string Named(string hash, string ending, string before = "") =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? before + hash + ending : throw new ArgumentException($"'{hash}' is no hash.", nameof(hash));
}
