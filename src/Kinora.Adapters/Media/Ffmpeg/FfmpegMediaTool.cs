using System.Text;
using Kinora.Errors;
using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Videos by ffmpeg and ffprobe, each run a <see cref="MediaChild"/> in the folder of its output.</summary>
internal sealed class FfmpegMediaTool(MediaOptions options) : IMediaTool, IDisposable
{
    private readonly SemaphoreSlim _room = new(options.Parallel);

    /// <summary>Joining takes minutes and all processors: one at a time, and beside the short runs, which must not wait for it.</summary>
    private readonly SemaphoreSlim _joinRoom = new(1);

    public string? Missing()
    {
        string[] missing = [.. new[] { options.Ffmpeg, options.Ffprobe }.Where(name => ProgramPath.Find(name) is null).Select(name => Path.GetFileName(name)!)];
        return missing.Length == 0
            ? null
            : $"{string.Join(" and ", missing)} not found: install ffmpeg 5.1 or later (Debian, Ubuntu: apt install ffmpeg), or set Media:Ffmpeg and Media:Ffprobe.";
    }

    public async Task<string?> VersionAsync(CancellationToken cancel)
    {
        if (Missing() is not null)
        {
            return null;
        }

        var result = await RunAsync(options.Ffmpeg, ["-hide_banner", "-version"], Path.GetTempPath(), cancel);
        return result.Succeeded ? Encoding.UTF8.GetString(result.Output).Split('\n')[0].Trim() : null;
    }

    public async Task<MediaInfo> ProbeVideoAsync(string path, CancellationToken cancel)
    {
        var container = VideoSignature.Read(path);
        var result = await RunAsync(options.Ffprobe, ProbeRecipe.Arguments(path, container), FolderOf(path), cancel);
        return result.Succeeded ? ProbeRecipe.Read(result, container, options) : throw VideoFault.Of(result, options.WallSeconds);
    }

    public async Task MakeThumbnailAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel)
    {
        var container = VideoSignature.Read(videoPath);
        // A length that lies may put a third behind the end: then the first frame.
        double[] moments = [info.Seconds / 3, 0];
        await WriteAsync(moments.Select(at => ThumbnailRecipe.Arguments(videoPath, container, info, at, outputPath)), outputPath, cancel);
    }

    public async Task<SpriteLayout> MakeSpritesheetAsync(string videoPath, MediaInfo info, string outputPath, CancellationToken cancel)
    {
        var container = VideoSignature.Read(videoPath);
        var layout = SpritesheetRecipe.Layout(info);
        await WriteAsync([SpritesheetRecipe.Arguments(videoPath, container, info, layout, outputPath)], outputPath, cancel);
        return layout;
    }

    public async Task ExtractLastFrameAsync(string videoPath, string outputPath, CancellationToken cancel)
    {
        var container = VideoSignature.Read(videoPath);
        await WriteAsync(LastFrameRecipe.Tails.Select(tail => LastFrameRecipe.Arguments(videoPath, container, tail, outputPath)), outputPath, cancel);
    }

    public async Task<IReadOnlyList<VideoFrame>> ExtractFramesAsync(
        string videoPath, MediaInfo info, int count, int maxSide, string outputFolder, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 16);
        var container = VideoSignature.Read(videoPath);
        var frames = FramesRecipe.Plan(info, count, outputFolder);
        await WriteAsync(LastFrame(frames[^1]), frames[^1].Path, cancel);
        if (count > 1 && FramesRecipe.InOnePass(info))
        {
            await WriteAsync([FramesRecipe.Even(videoPath, container, info, maxSide, frames)], frames[^2].Path, cancel);
            return frames;
        }

        foreach (var frame in frames.SkipLast(1))
        {
            // A length that lies may put it behind the end: then the last frame is held.
            await WriteAsync([FramesRecipe.One(videoPath, container, info, maxSide, frame), .. LastFrame(frame)], frame.Path, cancel);
        }

        return frames;

        IEnumerable<IReadOnlyList<string>> LastFrame(VideoFrame into) =>
            LastFrameRecipe.Tails.Select(tail => FramesRecipe.Last(videoPath, container, info, maxSide, tail, into.Path));
    }

    public async Task JoinAsync(string firstPath, string secondPath, string outputPath, CancellationToken cancel)
    {
        var first = (firstPath, VideoSignature.Read(firstPath), await ProbeVideoAsync(firstPath, cancel));
        var second = (secondPath, VideoSignature.Read(secondPath), await ProbeVideoAsync(secondPath, cancel));
        var limits = options.JoinLimits(first.Item3, second.Item3);
        File.Delete(outputPath);
        MediaChildResult? result = null;
        try
        {
            result = await RunAsync(options.Ffmpeg, JoinRecipe.Arguments(first, second, outputPath), FolderOf(outputPath), limits, _joinRoom, cancel);
            if (!result.Succeeded)
            {
                throw VideoFault.OfJoin(result, options.JoinSeconds);
            }
        }
        finally
        {
            // A half-written film must not be taken for a whole one.
            if (result is not { Succeeded: true })
            {
                File.Delete(outputPath);
            }
        }
    }

    public void Dispose()
    {
        _room.Dispose();
        _joinRoom.Dispose();
    }

    /// <summary>Runs one command line after the other until one has written a picture.</summary>
    private async Task WriteAsync(IEnumerable<IReadOnlyList<string>> tries, string output, CancellationToken cancel)
    {
        MediaChildResult? last = null;
        foreach (var arguments in tries)
        {
            File.Delete(output);
            last = await RunAsync(options.Ffmpeg, arguments, FolderOf(output), cancel);
            if (last.Succeeded && new FileInfo(output) is { Exists: true, Length: > 0 })
            {
                return;
            }

            // A half-written picture must not be taken for a whole one.
            File.Delete(output);
            if (last.TimedOut)
            {
                break;
            }
        }

        throw VideoFault.Of(last!, options.WallSeconds);
    }

    private Task<MediaChildResult> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancel) =>
        RunAsync(program, arguments, folder, options.ChildLimits, _room, cancel);

    private async Task<MediaChildResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, MediaChildLimits limits, SemaphoreSlim room, CancellationToken cancel)
    {
        var found = ProgramPath.Find(program) ?? throw new KinoraException(ErrorCodes.MediaToolMissing, Missing() ?? "ffmpeg not found.");
        await room.WaitAsync(cancel);
        try
        {
            return await MediaChild.RunAsync(
                new MediaChildSpec { Program = found, Arguments = arguments, WorkFolder = folder, Limits = limits }, cancel);
        }
        finally
        {
            room.Release();
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
