using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>
/// The pictures of an answer of the Images API, in the job's work folder. They exist nowhere else: with them on disk, a worker that lost its lease while it
/// waited (a machine that slept) still brings the paid pictures home.
/// </summary>
internal static class KeptPictures
{
    /// <summary>Writes what came as bytes; an output that cannot be written stays as it is, and the engine keeps it or tries again.</summary>
    public static async Task<IReadOnlyList<RemoteOutput>> KeepAsync(IReadOnlyList<RemoteOutput> outputs, string folder)
    {
        var kept = new List<RemoteOutput>();
        for (var i = 0; i < outputs.Count; i++)
        {
            kept.Add(outputs[i].Inline is { } bytes && await WrittenAsync(Path.Combine(folder, FileName(i)), bytes)
                ? outputs[i] with { Inline = null, WorkFile = FileName(i) }
                : outputs[i]);
        }

        return kept;
    }

    /// <summary>Those that are there, up to the first that is not.</summary>
    public static IReadOnlyList<RemoteOutput> Find(string folder) => [.. Enumerable.Range(0, 100)
        .Select(FileName)
        .TakeWhile(name => File.Exists(Path.Combine(folder, name)))
        .Select(name => new RemoteOutput { Kind = MediaKind.Image, WorkFile = name })];

    private static string FileName(int index) => FormattableString.Invariant($"picture-{index}");

    // Written beside its name first: half a picture must not be found later.
    private static async Task<bool> WrittenAsync(string path, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
            {
                await file.WriteAsync(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".part", path, overwrite: true);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
