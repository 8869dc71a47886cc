using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Images;
using Kinora.Media;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>A verified local result and what it is.</summary>
/// <param name="Video">Null for pictures.</param>
internal sealed record CollectedFile(string Path, long Bytes, string Sha256, MediaKind Kind, MediaInfo? Video, string MimeType, string Extension, int Width, int Height, bool Alpha = false)
{
    /// <summary>Of the provider's outputs.</summary>
    public int Index { get; init; }
}

/// <summary>Makes stills, moves everything into the store and closes the job in one commit.</summary>
internal sealed class FinishStep(IAssetStore assets, IMediaTool media, ImageWorkspace workspace, ILogger log)
{
    public async Task RunAsync(JobWork work, IReadOnlyList<CollectedFile> files, IReadOnlyList<string> warnings)
    {
        var cancel = work.Interrupted;
        var job = work.Job.Id;
        var ready = new List<(string Path, Asset Asset)>();
        foreach (var file in files)
        {
            ready.Add((file.Path, Describe(job, file, file.Index)));
        }

        if (files.FirstOrDefault(f => f.Video is not null) is { } video)
        {
            ready.AddRange(await DeriveAsync(job, video, cancel));
        }

        // A worker that slept through its lease must not put its file over the winner's.
        if (!await work.StillHoldsAsync())
        {
            return;
        }

        warnings = [.. warnings, .. await CopyOutAsync(work.Job, ready, cancel)];

        foreach (var (path, asset) in ready)
        {
            await assets.AdoptAsync(path, asset, cancel);
        }

        CrashPoints.Hit(CrashPoints.AssetRenamedNotRecorded);
        var done = await work.MoveAsync(JobStatus.Completed, "Done.", change: update => update with
        {
            Progress = 1,
            Assets = ready.ConvertAll(r => r.Asset),
            Warnings = warnings.Count > 0 ? [.. work.Job.Warnings, .. warnings] : null,
        });
        CrashPoints.Hit(CrashPoints.CompletedCommitted);
        if (done)
        {
            assets.ClearWork(job);
            await UnshareAsync(work.Job);
            await LogTurnAsync(work.Job);
        }
    }

    private async Task UnshareAsync(Job job)
    {
        if (job.Outputs.All(output => output.WorkFile is null))
        {
            return;
        }

        try
        {
            await assets.UnshareWorkAsync(job.Id, CancellationToken.None);
        }
        catch (KinoraException fault)
        {
            // It goes with the job's files, whenever these are deleted.
            log.WorkNotUnshared(job.Id, fault);
        }
    }

    /// <summary>Copies in the workspace are a comfort too: what hinders them is told, and the job goes on.</summary>
    private async Task<IReadOnlyList<string>> CopyOutAsync(Job job, List<(string Path, Asset Asset)> ready, CancellationToken cancel)
    {
        for (var i = 0; i < ready.Count; i++)
        {
            if (ready[i].Asset.Role != AssetRole.Image)
            {
                continue;
            }

            try
            {
                ready[i] = (ready[i].Path, ready[i].Asset with { WorkspaceName = await workspace.SaveAsync(job, ready[i].Asset, ready[i].Path, cancel) });
            }
            catch (KinoraException fault)
            {
                log.CopyFailed(job.Id, fault);
                return ["The picture is kept, but its copy in the workspace folder could not be written: " + fault.Message];
            }
        }

        return [];
    }

    /// <summary>To its end, whoever stops the runner: a background worker leaves as soon as no job is open, which is now.</summary>
    private async Task LogTurnAsync(Job job)
    {
        if (job.SessionId is not { } session)
        {
            return;
        }

        try
        {
            await workspace.WriteLogAsync(session, CancellationToken.None);
        }
        catch (KinoraException fault)
        {
            log.CopyFailed(job.Id, fault);
        }
    }

    private static Asset Describe(JobId job, CollectedFile file, int index)
    {
        var role = file.Kind == MediaKind.Video ? AssetRole.Video : AssetRole.Image;
        return new Asset
        {
            JobId = job,
            Role = role,
            Index = index,
            FileName = AssetNames.For(role, index, file.Extension),
            MimeType = file.MimeType,
            Bytes = file.Bytes,
            Sha256 = file.Sha256,
            Width = file.Width,
            Height = file.Height,
            Alpha = file.Alpha,
            Seconds = file.Video?.Seconds,
        };
    }

    /// <summary>Stills are a comfort: a paid result is never refused because they could not be made.</summary>
    private async Task<List<(string Path, Asset Asset)>> DeriveAsync(JobId job, CollectedFile video, CancellationToken cancel)
    {
        var made = new List<(string, Asset)>();
        var folder = assets.WorkFolder(job);
        try
        {
            var thumbnail = Path.Combine(folder, "thumbnail.webp");
            await media.MakeThumbnailAsync(video.Path, video.Video!, thumbnail, cancel);
            made.Add((thumbnail, await DescribeDerivedAsync(job, AssetRole.Thumbnail, thumbnail, "image/webp", null, cancel)));

            var sheet = Path.Combine(folder, "spritesheet.jpg");
            var layout = await media.MakeSpritesheetAsync(video.Path, video.Video!, sheet, cancel);
            made.Add((sheet, await DescribeDerivedAsync(job, AssetRole.Spritesheet, sheet, "image/jpeg", layout, cancel)));
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            log.DerivedFailed(job, fault);
        }

        return made;
    }

    private static async Task<Asset> DescribeDerivedAsync(JobId job, AssetRole role, string path, string mime, SpriteLayout? layout, CancellationToken cancel)
    {
        var (bytes, hash) = await FileHash.OfAsync(path, cancel);
        return new Asset
        {
            JobId = job,
            Role = role,
            FileName = AssetNames.For(role, 0, ""),
            MimeType = mime,
            Bytes = bytes,
            Sha256 = hash,
            Columns = layout?.Columns,
            Rows = layout?.Rows,
        };
    }
}
