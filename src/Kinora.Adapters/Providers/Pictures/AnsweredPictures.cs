using Kinora.Adapters.Providers.Tasks;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Pictures;

/// <summary>
/// Pictures that come with the answer to their create, and are put into the job's work folder. They exist nowhere else: with them on disk, a worker that lost its
/// lease while it waited (a machine that slept) still brings the paid pictures home.
/// </summary>
internal static class AnsweredPictures
{
    /// <summary>Of one picture within an answer, in bytes: 25 MiB in base64, and room for the rest.</summary>
    public const int PictureCap = 34 * 1024 * 1024;

    private const int MostPictures = 10;

    /// <summary>The most an answer may weigh, in bytes.</summary>
    public static int AnswerCap(Submission submission) => Math.Clamp(submission.Request.Count, 1, MostPictures) * PictureCap;

    /// <summary>Refuses what only conversations and masks can do, and a picture to go on from that is gone.</summary>
    /// <exception cref="UnsayableException">It is asked for.</exception>
    /// <exception cref="UnsentException">The picture is not here any more.</exception>
    public static void Refuse(Submission submission)
    {
        if (submission.Request.Mask is not null || submission.Request.Analyze)
        {
            throw new UnsayableException(submission.Request.Analyze ? "cannot look at a picture first." : "takes no masks.");
        }

        UnsentException.ThrowIfSourceGone(submission);
    }

    /// <summary>Writes what came as bytes; an output that cannot be written stays as it is, and the engine keeps it or tries again.</summary>
    public static async Task<SubmitOutcome> KeepAsync(SubmitOutcome outcome, Submission submission)
    {
        if (outcome is not SubmitOutcome.Finished finished)
        {
            return outcome;
        }

        var kept = new List<RemoteOutput>();
        foreach (var output in finished.Outputs)
        {
            var name = FileName(kept.Count);
            kept.Add(output.Inline is { } bytes && await WrittenAsync(Path.Combine(submission.WorkFolder, name), bytes) ? output with { Inline = null, WorkFile = name } : output);
        }

        return finished with { Outputs = kept };
    }

    /// <summary>A look: there is nothing to ask there, what came lies in the work folder, or is lost.</summary>
    public static CheckOutcome Check(RemoteJob job, string provider) => Find(job.WorkFolder) is { Count: > 0 } kept
        ? new CheckOutcome.Finished(kept)
        : new CheckOutcome.Failed(ErrorCodes.AssetMissing, $"The pictures came with {provider}'s answer and were lost here before they were stored; it cannot be asked for them again.");

    /// <summary>Those that are there, up to the first that is not.</summary>
    private static IReadOnlyList<RemoteOutput> Find(string folder) => [.. Enumerable.Range(0, 100)
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
