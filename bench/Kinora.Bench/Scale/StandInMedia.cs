using Kinora.Media;

namespace Kinora.Bench.Scale;

/// <summary>In ffmpeg's place, for the files of the simulated provider: what a real result costs is measured by <see cref="ScaleMedia"/>.</summary>
internal sealed class StandInMedia : IMediaTool
{
    private static readonly byte[] _still = new byte[1_024];

    public string? Missing() => null;

    public Task<string?> VersionAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    public Task<MediaInfo> ProbeVideoAsync(string path, CancellationToken cancel) => Task.FromResult(new MediaInfo("mp4", "h264", 1280, 720, 24, 8, null));

    public Task MakeThumbnailAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel) => File.WriteAllBytesAsync(outputPath, _still, cancel);

    public async Task<SpriteLayout> MakeSpritesheetAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(outputPath, _still, cancel);
        return new SpriteLayout(5, 2, 160, 90);
    }

    public Task ExtractLastFrameAsync(string videoPath, string outputPath, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<VideoFrame>> ExtractFramesAsync(
        string videoPath, MediaInfo info, int count, int maxSide, string outputFolder, CancellationToken cancel) => throw new NotSupportedException();

    public Task JoinAsync(string firstPath, string secondPath, string outputPath, CancellationToken cancel) => throw new NotSupportedException();
}
