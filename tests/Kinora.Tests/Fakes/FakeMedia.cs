using Kinora.Errors;
using Kinora.Media;

namespace Kinora.Tests.Fakes;

/// <summary>Takes every file for a video or picture, but those that begin with <c>bad</c>.</summary>
internal sealed class FakeMedia : IMediaTool, IImageTool
{
    public string? MissingText { get; set; }

    public Func<CancellationToken, Task>? OnThumbnail { get; set; }

    /// <summary>Called before a join, with the path of its output.</summary>
    public Func<string, CancellationToken, Task>? OnJoin { get; set; }

    /// <summary>The length of a file by its path, where it is not that of <see cref="Video"/>.</summary>
    public Func<string, double?> SecondsOf { get; set; } = _ => null;

    public MediaInfo Video { get; set; } = new("mp4", "h264", 1280, 720, 24, 8, null);

    public CleanImage Image { get; set; } = new("image/png", 64, 64);

    /// <summary>Looks at pictures in earnest, where a test needs that.</summary>
    public IImageTool? RealImages { get; set; }

    public string? Missing() => MissingText;

    public Task<string?> VersionAsync(CancellationToken cancel) => Task.FromResult<string?>("1");

    public async Task<MediaInfo> ProbeVideoAsync(string path, CancellationToken cancel)
    {
        await RefuseBadAsync(path, ErrorCodes.AssetInvalid, cancel);
        return SecondsOf(path) is { } seconds ? Video with { Seconds = seconds } : Video;
    }

    public async Task MakeThumbnailAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel)
    {
        if (OnThumbnail is { } act)
        {
            await act(cancel);
        }

        await File.WriteAllTextAsync(outputPath, "thumbnail", cancel);
    }

    public async Task<SpriteLayout> MakeSpritesheetAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(outputPath, "spritesheet", cancel);
        return new SpriteLayout(5, 4, 160, 90);
    }

    public Task ExtractLastFrameAsync(string videoPath, string outputPath, CancellationToken cancel) => File.WriteAllTextAsync(outputPath, "frame", cancel);

    public async Task<IReadOnlyList<VideoFrame>> ExtractFramesAsync(
        string videoPath, MediaInfo info, int count, int maxSide, string outputFolder, CancellationToken cancel)
    {
        var frames = Enumerable.Range(1, count).Select(n => new VideoFrame(Path.Combine(outputFolder, $"frame-{n}.jpg"), n)).ToList();
        foreach (var frame in frames)
        {
            await File.WriteAllTextAsync(frame.Path, "frame", cancel);
        }

        return frames;
    }

    public async Task JoinAsync(string firstPath, string secondPath, string outputPath, CancellationToken cancel)
    {
        if (OnJoin is { } act)
        {
            await act(outputPath, cancel);
        }

        await File.WriteAllTextAsync(outputPath, await File.ReadAllTextAsync(firstPath, cancel) + " + " + await File.ReadAllTextAsync(secondPath, cancel), cancel);
    }

    public async Task<CleanImage> CleanAsync(string sourcePath, string outputPath, CancellationToken cancel)
    {
        if (RealImages is { } real)
        {
            return await real.CleanAsync(sourcePath, outputPath, cancel);
        }

        await RefuseBadAsync(sourcePath, ErrorCodes.InvalidImage, cancel);
        File.Copy(sourcePath, outputPath, overwrite: true);
        return Image;
    }

    public async Task<FittedPicture> FitAsync(string sourcePath, string outputPath, PictureFit fit, CancellationToken cancel)
    {
        if (RealImages is { } real)
        {
            return await real.FitAsync(sourcePath, outputPath, fit, cancel);
        }

        var source = await CleanAsync(sourcePath, outputPath, cancel);
        return new FittedPicture(source.Width, source.Height, new CleanImage(fit.Type.MimeType(), fit.Size.Width, fit.Size.Height));
    }

    public async Task<CleanImage> InspectAsync(string path, CancellationToken cancel)
    {
        if (RealImages is { } real)
        {
            return await real.InspectAsync(path, cancel);
        }

        await RefuseBadAsync(path, ErrorCodes.InvalidImage, cancel);
        return Image;
    }

    private static async Task RefuseBadAsync(string path, string code, CancellationToken cancel)
    {
        if ((await File.ReadAllTextAsync(path, cancel)).StartsWith("bad", StringComparison.Ordinal))
        {
            throw new KinoraException(code, "It is no media file.");
        }
    }
}
