using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Media;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>What is stored as the result, and what its owner must be told of it.</summary>
internal sealed record JoinedFiles(IReadOnlyList<CollectedFile> Files, IReadOnlyList<string> Warnings);

/// <summary>
/// Joins a new clip behind the video it extends (<see cref="Operation.Append"/>). The clip is paid: it is kept aside before anything is tried, is not fetched
/// again however often that is, and is the result where it cannot be joined at all.
/// </summary>
internal sealed class JoinStep(IAssetStore assets, IMediaTool media, ILogger log)
{
    /// <summary>How many seconds a joined video may be shorter than its parts: a frame of either, and lengths that were rounded.</summary>
    private const double MissingSeconds = 0.5;

    public static bool Applies(Job job) => job.Request.Operation == Operation.Append;

    /// <summary>The clip an earlier try has kept aside; null when there is none.</summary>
    public string? Kept(Job job, int index) => Applies(job) && ClipPath(job, index) is var path && File.Exists(path) ? path : null;

    /// <param name="files">Verified.</param>
    /// <param name="isLate">There is no time left to try again.</param>
    /// <exception cref="ResultFault">It is to be tried again.</exception>
    public async Task<JoinedFiles> RunAsync(JobWork work, IReadOnlyList<CollectedFile> files, bool isLate)
    {
        if (!Applies(work.Job) || files.FirstOrDefault(f => f.Video is not null) is not { } collected)
        {
            return new JoinedFiles(files, []);
        }

        var clip = Keep(work.Job, collected);
        CollectedFile result;
        string? warning = null;
        try
        {
            result = await JoinAsync(work, clip);
        }
        catch (Exception fault) when (!work.Interrupted.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            log.JoinFailed(work.Job.Id, fault);
            if (fault is KinoraException { Code: ErrorCodes.StorageUnavailable })
            {
                throw;
            }

            var noRoom = fault is KinoraException { Code: ErrorCodes.StorageFull } || (fault is IOException io && DiskFull.Is(io));
            if (!isLate && (noRoom || work.Job.Strikes + 1 < RetryRules.JoinTries))
            {
                throw new ResultFault(noRoom ? ResultFaultKind.NoRoom : ResultFaultKind.Invalid, "it could not be joined behind its video yet.");
            }

            result = clip;
            warning = $"The new clip could not be joined behind its video, so it is kept alone. {(fault is KinoraException known ? known.Message : "The log tells more.")}";
        }

        return new JoinedFiles([.. files.Select(f => f == collected ? result : f)], warning is null ? [] : [warning]);
    }

    private async Task<CollectedFile> JoinAsync(JobWork work, CollectedFile clip)
    {
        var cancel = work.Interrupted;
        if (work.Job.Claims >= RetryRules.DeadClaims)
        {
            // Rather the clip alone than a process that dies once more over it, and a job set aside.
            throw new KinoraException(ErrorCodes.AssetInvalid, "The program ended several times while it was joined.");
        }

        var video = work.Job.Request.SourceVideo ?? throw new KinoraException(ErrorCodes.AssetMissing, "The video it goes on from was not kept.");
        var source = await assets.PathAsync(video, cancel);
        if (assets.FreeBytes() < new FileInfo(source).Length + clip.Bytes)
        {
            throw new KinoraException(ErrorCodes.StorageFull, "There is not enough room on the disk for the joined video.");
        }

        var output = Path.Combine(assets.WorkFolder(work.Job.Id), "joined");
        await media.JoinAsync(source, clip.Path, output, cancel);
        CrashPoints.Hit(CrashPoints.ResultJoined);
        var info = await media.ProbeVideoAsync(output, cancel);
        var whole = video.Seconds + clip.Video!.Seconds;
        if (info.Seconds < whole - MissingSeconds)
        {
            throw new KinoraException(ErrorCodes.AssetInvalid, FormattableString.Invariant($"The joined video is {info.Seconds:0.##} s long; {whole:0.##} s were to be."));
        }

        var (bytes, hash) = await FileHash.OfAsync(output, cancel);
        return new CollectedFile(output, bytes, hash, MediaKind.Video, info, info.MimeType, info.Extension, info.Width, info.Height) { Index = clip.Index };
    }

    /// <summary>A name of its own: the next fetch would write over the old one.</summary>
    private CollectedFile Keep(Job job, CollectedFile clip)
    {
        var path = ClipPath(job, clip.Index);
        if (clip.Path != path)
        {
            File.Move(clip.Path, path, overwrite: true);
        }

        return clip with { Path = path };
    }

    private string ClipPath(Job job, int index) => Path.Combine(assets.WorkFolder(job.Id), FormattableString.Invariant($"clip-{index}"));
}
