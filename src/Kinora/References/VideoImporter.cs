using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.References;

/// <summary>The one way of a caller's own video into the store: limits, container and codecs by its bytes, a copy that nobody else can write to.</summary>
public sealed class VideoImporter(IMediaTool media, IAssetStore assets, IRandomBytes random)
{
    /// <summary>Largest video file, in bytes.</summary>
    public const long MaxBytes = 512_000_000;

    /// <summary>Longest video, in seconds.</summary>
    public const double MaxSeconds = 600;

    /// <exception cref="KinoraException"><c>invalid_video</c>: says what is wrong and what is allowed; <c>storage_full</c>.</exception>
    public async Task<InputVideo> ImportAsync(VideoSource source, CancellationToken cancel)
    {
        var scratch = JobId.New(random);
        try
        {
            var copy = Path.Combine(assets.WorkFolder(scratch), "video");
            await CopyAsync(source.Path, copy, cancel);
            var info = await ProbeAsync(copy, cancel);
            var (_, hash) = await FileHash.OfAsync(copy, cancel);
            var video = new InputVideo(hash, info.MimeType, info.Width, info.Height, info.Seconds);
            await assets.PutInputVideoAsync(copy, video, cancel);
            return video;
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "There is no room on the disk for the video.", fault.Message, fault);
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private async Task<MediaInfo> ProbeAsync(string path, CancellationToken cancel)
    {
        try
        {
            var info = await media.ProbeVideoAsync(path, cancel);
            return info.Seconds <= MaxSeconds
                ? info
                : throw Invalid(FormattableString.Invariant($"The video is {info.Seconds:0.#} s long; at most {MaxSeconds} s are allowed."));
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.AssetInvalid)
        {
            throw new KinoraException(ErrorCodes.InvalidVideo, fault.Message, fault.Detail, fault);
        }
    }

    private async Task CopyAsync(string path, string copy, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        FileStream from;
        try
        {
            // Pipes and devices have no length, and opening one could wait for ever.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and var length })
            {
                throw Invalid($"There is no file \"{name}\", or it is empty or no regular file. Give an MP4, MOV or WebM file.");
            }

            RefuseLarge(length);
            if (assets.FreeBytes() < length)
            {
                throw new KinoraException(ErrorCodes.StorageFull, "There is not enough room on the disk for the video.");
            }

            from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new KinoraException(ErrorCodes.InvalidVideo, $"\"{name}\" cannot be read. Allow it (chmod a+r), or give another file.", fault.Message, fault);
        }

        await using (from)
        await using (var to = new FileStream(copy, FileMode.Create, FileAccess.Write))
        {
            await from.CopyToAsync(to, cancel);
            // It may have grown meanwhile.
            RefuseLarge(to.Length);
        }
    }

    private static void RefuseLarge(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw Invalid(FormattableString.Invariant($"The video has {bytes / 1e6:0.0} MB; at most {MaxBytes / 1_000_000} MB are allowed."));
        }
    }

    private static KinoraException Invalid(string text) => new(ErrorCodes.InvalidVideo, text);
}
