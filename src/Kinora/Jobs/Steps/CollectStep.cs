using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Media;
using Kinora.Providers;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>
/// Copies finished results to our store: fetched whole, verified, hashed. A failed fetch never fails a paid job before the link is dead.
/// </summary>
internal sealed class CollectStep(
    IAssetStore assets, IMediaTool media, IImageTool images, JobFiles files, JoinStep join, FinishStep finish, RetryRules retry, JobOptions options, ILogger log)
{
    /// <summary>Until a store that is full or away is tried again.</summary>
    public static readonly TimeSpan StorePause = TimeSpan.FromSeconds(15);

    /// <summary>What can be a charge at all: a negative figure, or one beyond any price, is another unit or a fault and says nothing.</summary>
    public static decimal? Charge(decimal? reported) => reported is >= 0 and < 1_000_000 ? reported : null;

    /// <summary>The provider is done: saves what it named (and bytes it sent along) first, then collects under the same lease.</summary>
    public async Task<bool> BeginAsync(JobWork work, IReadOnlyList<RemoteOutput> outputs, decimal? cost, Func<JobUpdate, JobUpdate>? change = null)
    {
        if (outputs.Count == 0)
        {
            return await work.FailAsync(
                JobStatus.Failed, ErrorCodes.AssetMissing, "The provider says it is done but names no result.", update => (change?.Invoke(update) ?? update) with { ChargedUsd = Charge(cost) });
        }

        var saved = await SpoolAsync(work.Job, outputs);
        if (!await work.AdvanceAsync(JobStatus.Collecting, "Done at the provider; copying the result.", update => (change?.Invoke(update) ?? update) with
        {
            Outputs = saved,
            ChargedUsd = Charge(cost),
            Progress = 0.99,
        }))
        {
            return false;
        }

        CrashPoints.Hit(CrashPoints.RemoteEndCommitted);
        await RunAsync(work);
        return true;
    }

    public async Task RunAsync(JobWork work)
    {
        if (GivesUp(work))
        {
            await ExpireAsync(work);
            return;
        }

        try
        {
            // What it was made from plays no part any more, and the store may be away.
            var remote = await files.RemoteAsync(work.Job, work.Interrupted, needsSourceFile: false);
            var download = new ResultDownload(work, remote, assets);
            var collected = new List<CollectedFile>();
            var mayLeaveOut = work.Job.Outputs.Count > 1 && work.Job.Strikes + 1 >= RetryRules.InvalidResultTries;
            for (var i = 0; i < work.Job.Outputs.Count; i++)
            {
                try
                {
                    var path = join.Kept(work.Job, i) ?? await download.FetchAsync(work.Job.Outputs[i], i, work.Interrupted);
                    collected.Add(await UseAsync(path, i));
                }
                catch (Exception fault) when (mayLeaveOut && IsUnusable(fault) && (collected.Count > 0 || i + 1 < work.Job.Outputs.Count))
                {
                    // One bad picture must not cost the good ones, which are paid too; the owner is told how many came.
                    log.LeftOut(work.Job.Id, i, fault);
                }
            }

            async Task<CollectedFile> UseAsync(string path, int index)
            {
                try
                {
                    return await InspectAsync(path, work.Job.Outputs[index].Kind, remote.Request, work.Interrupted) with { Index = index };
                }
                catch (KinoraException fault) when (IsUnusable(fault))
                {
                    download.Drop(index);
                    throw;
                }
            }

            var joined = await join.RunAsync(work, collected, IsTooLate(work));
            await finish.RunAsync(work, joined.Files, [.. ResultDifferences.Of(work.Job.Request, collected), .. joined.Warnings]);
        }
        catch (ResultFault fault)
        {
            await FaultAsync(work, fault);
        }
        catch (KinoraException fault) when (IsUnusable(fault))
        {
            await FaultAsync(work, new ResultFault(ResultFaultKind.Invalid, fault.Message));
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.StorageFull)
        {
            await FaultAsync(work, new ResultFault(ResultFaultKind.NoRoom, fault.Message));
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.StorageUnavailable)
        {
            await FaultAsync(work, new ResultFault(ResultFaultKind.StoreAway, fault.Message));
        }
    }

    /// <summary>True when it is not tried any more. Tried at least once however late it is: the program may have been off; and what is here is not given up.</summary>
    public bool GivesUp(JobWork work) => work.Job is { Status: JobStatus.Collecting, Faults: > 0 } && IsTooLate(work) && join.Kept(work.Job, 0) is null;

    /// <summary>Until when the result is tried to be fetched.</summary>
    public DateTimeOffset Deadline(JobWork work) =>
        (work.Job.SubmittedAt ?? work.Job.CreatedAt) + work.Provider.Traits.Deadline + TimeSpan.FromHours(options.CollectHours);

    private static bool IsUnusable(Exception fault) =>
        fault is ResultFault { Kind: ResultFaultKind.Invalid } or KinoraException { Code: ErrorCodes.AssetInvalid or ErrorCodes.InvalidImage or ErrorCodes.ImageTooLarge };

    /// <summary>Puts bytes that came with an answer where every machine finds them; the outputs, with their files instead.</summary>
    public async Task<IReadOnlyList<RemoteOutput>> SpoolAsync(Job job, IReadOnlyList<RemoteOutput> outputs)
    {
        var saved = new List<RemoteOutput>();
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Inline is { } bytes)
            {
                var name = FormattableString.Invariant($"inline-{i}");
                await WriteSyncedAsync(Path.Combine(assets.WorkFolder(job.Id), name), bytes);
                saved.Add(outputs[i] with { Inline = null, WorkFile = name });
            }
            else
            {
                saved.Add(outputs[i]);
            }
        }

        await ShareAsync(job, [.. saved.Select(output => output.WorkFile).OfType<string>()]);
        return saved;
    }

    /// <summary>Bytes that came with an answer exist nowhere else, and another machine may go on with the job. Where the store is away, this one can.</summary>
    private async Task ShareAsync(Job job, IReadOnlyList<string> files)
    {
        // What is made here can be made anew anywhere, and is large.
        if (files.Count == 0 || job.Kind == MediaKind.Video)
        {
            return;
        }

        try
        {
            await assets.ShareWorkAsync(job.Id, files, CancellationToken.None);
        }
        catch (Exception fault) when (fault is KinoraException or IOException)
        {
            log.NotShared(job.Id, job.Provider, fault);
        }
    }

    private static async Task WriteSyncedAsync(string path, byte[] bytes)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        await file.WriteAsync(bytes);
        file.Flush(flushToDisk: true);
    }

    private async Task<CollectedFile> InspectAsync(string path, MediaKind kind, GenerationRequest request, CancellationToken cancel)
    {
        if (kind == MediaKind.Video)
        {
            var info = await media.ProbeVideoAsync(path, cancel);
            var (bytes, hash) = await FileHash.OfAsync(path, cancel);
            return new CollectedFile(path, bytes, hash, kind, info, info.MimeType, info.Extension, info.Width, info.Height);
        }

        var image = await images.InspectAsync(path, cancel);
        // A header does not tell of every way to be transparent.
        image = image with { Alpha = (await ProveAsync(path, cancel)).Alpha };
        if (request.ScaleTo is { } size && (image.Width != size.Width || image.Height != size.Height))
        {
            var scaled = path + "-scaled";
            var type = PictureTypes.OfMimeType(image.MimeType);
            image = (await images.FitAsync(path, scaled, new PictureFit(size, FitMode.Crop, type, Colour.Black), cancel)).Image;
            path = scaled;
        }

        var (length, sha) = await FileHash.OfAsync(path, cancel);
        return new CollectedFile(path, length, sha, kind, null, image.MimeType, image.MimeType["image/".Length..], image.Width, image.Height, image.Alpha);
    }

    /// <summary>A header proves little: a picture counts as here only when it can be decoded to its end. The provider's own bytes are what is kept.</summary>
    private async Task<CleanImage> ProveAsync(string path, CancellationToken cancel)
    {
        var decoded = path + "-decoded";
        try
        {
            return await images.CleanAsync(path, decoded, cancel);
        }
        finally
        {
            File.Delete(decoded);
        }
    }

    private bool IsTooLate(JobWork work) => work.Now > Deadline(work);

    private static Task<bool> ExpireAsync(JobWork work) =>
        work.FailAsync(JobStatus.Expired, ErrorCodes.AssetExpired, "The result could not be copied before its link must be taken for dead.");

    private async Task FaultAsync(JobWork work, ResultFault fault)
    {
        // Broken downloads are no proof against the result: only dead links and bad files count towards giving it up.
        var faults = work.Job.Faults + 1;
        var strikes = work.Job.Strikes + 1;
        switch (fault.Kind)
        {
            case ResultFaultKind.Gone when strikes > RetryRules.LinkRefreshes:
                await work.FailAsync(JobStatus.Expired, ErrorCodes.AssetExpired, $"The provider finished it, but the paid result is gone there: {fault.Message}");
                return;
            case ResultFaultKind.Gone:
                await RefreshAsync(work, faults, strikes);
                return;
            case ResultFaultKind.Invalid or ResultFaultKind.Refused when strikes >= RetryRules.InvalidResultTries:
                await work.FailAsync(JobStatus.Failed, ErrorCodes.AssetInvalid, $"What the provider delivered cannot be used: {fault.Message}");
                return;
            case ResultFaultKind.StoreAway:
                // It is here, whole: links and deadlines do not matter any more, and what was counted before does not either.
                await RetryAsync(work, fault, 0, StorePause);
                return;
            case ResultFaultKind.NoRoom when IsTooLate(work):
                await ExpireAsync(work);
                return;
            case ResultFaultKind.NoRoom:
                // Not the provider's fault and not counted: it waits for room.
                await RetryAsync(work, fault, work.Job.Faults, StorePause);
                return;
            case ResultFaultKind.Invalid or ResultFaultKind.Refused:
                await RetryAsync(work, fault, faults, retry.AfterFault(work.Provider.Traits, faults, null), strikes);
                return;
            default:
                await RetryAsync(work, fault, faults, retry.AfterFault(work.Provider.Traits, faults, fault.RetryAfter));
                return;
        }
    }

    /// <summary>Links live shorter than jobs: a new look may bring a fresh one.</summary>
    private async Task RefreshAsync(JobWork work, int faults, int strikes)
    {
        var remote = await files.RemoteAsync(work.Job, work.Interrupted);
        var look = await work.Provider.CheckAsync(remote, work, work.Interrupted);
        work.Heard(ProviderSign.Of(look));
        var fresh = look is CheckOutcome.Finished { Outputs.Count: > 0 } finished
            ? await SpoolAsync(work.Job, finished.Outputs)
            : null;
        var pause = fresh is null ? retry.AfterFault(work.Provider.Traits, faults, null) : TimeSpan.Zero;
        await work.StayAsync(work.Now + pause, update => update with
        {
            Faults = faults,
            Strikes = strikes,
            Outputs = fresh,
            Durable = true,
            Reason = "The link to the result was dead; a fresh one was asked for.",
        });
    }

    private Task<bool> RetryAsync(JobWork work, ResultFault fault, int faults, TimeSpan pause, int? strikes = null)
    {
        log.WillRetry(work.Job.Id, work.Job.Provider, fault.Message, pause.TotalSeconds);
        return work.StayAsync(work.Now + pause, update => update with
        {
            Faults = faults == 0 && fault.Kind != ResultFaultKind.StoreAway ? null : faults,
            Strikes = strikes,
            Reason = (fault.Kind == ResultFaultKind.StoreAway ? "The result is here, but not stored yet: " : "The result is not here yet: ") + fault.Message,
        });
    }
}
