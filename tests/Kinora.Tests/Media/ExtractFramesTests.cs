using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Errors;
using Kinora.Media;
using Kinora.Tests.Providers.Animatic;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

public sealed class ExtractFramesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FfmpegMediaTool _tool = new(new MediaOptions());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(10, false)]
    [InlineData(5, true)]
    public async Task Frames_AreEvenlySpread_FromTheFirstToTheLast(int count, bool isLong)
    {
        // Frame n is a plain grey of level 16 + 2n: a still tells which frame it shows.
        var video = _folder.File("steps.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "color=black:s=64x64:r=10:d=10,format=yuv420p,geq=lum=16+N*2:cb=128:cr=128", "-c:v", "libx264", "-qp", "4", "-bf", "3", video);
        var info = await _tool.ProbeVideoAsync(video, Cancel);

        var frames = await _tool.ExtractFramesAsync(video, isLong ? Longer(info) : info, count, 512, _folder.Path, Cancel);

        frames.Select(f => f.Path).ShouldBe(Enumerable.Range(1, count).Select(n => _folder.File($"frame-{n}.jpg")));
        for (var n = 0; n < count; n++)
        {
            var second = count == 1 ? 9.9 : 9.9 * n / (count - 1);
            frames[n].Second.ShouldBe(second, 0.001);
            var grey = (await RunTool.FfmpegAsync("-i", frames[n].Path, "-f", "rawvideo", "-pix_fmt", "yuvj420p", "pipe:1"))[(32 * 64) + 32];
            // JPEG's luma runs from 0 to 255, the film's from 16 to 235. A seek lands on the next frame, one pass on the one before.
            var shown = grey * 219 / 255.0 / 2;
            Math.Abs(shown - (second * 10)).ShouldBeLessThan(n == count - 1 ? 0.75 : 1.25, $"still {n}");
        }
    }

    [Theory]
    [InlineData("animatic.mp4")]
    [InlineData("clip.mp4")]
    public async Task LastStill_IsTheFrameThatExtractLastFrameGives(string name)
    {
        var video = _folder.File(name);
        await (name == "animatic.mp4"
            ? Clips.RenderAsync(Clips.Film("A red boat crosses a lake. Pan left."), video)
            : RunTool.FfmpegAsync(
                "-f", "lavfi", "-i", "testsrc2=d=4:s=192x128:r=24", "-f", "lavfi", "-i", "sine=d=6", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", video));

        var frames = await _tool.ExtractFramesAsync(video, await _tool.ProbeVideoAsync(video, Cancel), 3, 512, _folder.Path, Cancel);

        await _tool.ExtractLastFrameAsync(video, _folder.File("last"), Cancel);
        (await DistanceAsync(frames[2].Path, _folder.File("last"))).ShouldBeGreaterThan(30);
        (await DistanceAsync(frames[1].Path, _folder.File("last"))).ShouldBeLessThan(30, "a control: the middle differs");
    }

    [Theory]
    [InlineData("wide.mp4", "scale=320:160,setsar=2", 128, 128, 32)]
    [InlineData("tall.mp4", "scale=90:160,setsar=1", 100, 56, 100)]
    [InlineData("small.mp4", "scale=96:64,setsar=1", 512, 96, 64)]
    public async Task Stills_FitTheirSide_WithSquarePixels(string name, string filter, int side, int width, int height)
    {
        var video = _folder.File(name);
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=d=1:s=192x108:r=25", "-vf", filter, "-c:v", "libx264", "-pix_fmt", "yuv420p", video);

        var frames = await _tool.ExtractFramesAsync(video, await _tool.ProbeVideoAsync(video, Cancel), 3, side, _folder.Path, Cancel);

        foreach (var frame in frames)
        {
            (await SizeAsync(frame.Path)).ShouldBe($"{width},{height}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public async Task Stills_AreUpright_AlsoInAFolderWithPatternCharacters(int turn)
    {
        var folder = Directory.CreateDirectory(_folder.File("100%03d: [a] 'b'")).FullName;
        var flat = _folder.File("flat.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=d=1:s=192x108:r=25", "-c:v", "libx264", "-pix_fmt", "yuv420p", flat);
        var video = Path.Combine(folder, "-i %d.mp4");
        await RunTool.FfmpegAsync("-i", flat, "-c", "copy", "-metadata:s:v:0", $"rotate={turn}", "file:" + video);

        var frames = await _tool.ExtractFramesAsync(video, await _tool.ProbeVideoAsync(video, Cancel), 2, 192, folder, Cancel);

        foreach (var frame in frames)
        {
            // Under a plain name: ffprobe takes a picture's for a pattern.
            File.Copy(frame.Path, _folder.File("plain.jpg"), overwrite: true);
            (await SizeAsync(_folder.File("plain.jpg"))).ShouldBe(turn == 0 ? "192,108" : "108,192");
        }

        Directory.GetFiles(folder).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AClipOfOneFrame_AndALengthThatLies_GiveEveryStill(bool isLong)
    {
        var video = _folder.File("one.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=s=192x108:r=25", "-frames:v", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p", video);
        var info = await _tool.ProbeVideoAsync(video, Cancel);

        (await _tool.ExtractFramesAsync(video, info, 10, 64, _folder.Path, Cancel)).ShouldAllBe(f => new FileInfo(f.Path).Length > 0);
        var lie = info with { Seconds = 60 };
        (await _tool.ExtractFramesAsync(video, isLong ? Longer(lie) : lie, 4, 64, _folder.Path, Cancel)).ShouldAllBe(f => new FileInfo(f.Path).Length > 0);
    }

    [Fact]
    public async Task ADamagedFile_IsRefused_AndWrongNumbersAreOurOwnFault()
    {
        var info = new MediaInfo("mp4", "h264", 64, 64, 24, 1, null);
        var broken = _folder.Write("broken.mp4", [0, 0, 0, 16, .. "ftypisom"u8, .. new byte[100]]);

        (await Should.ThrowAsync<KinoraException>(() => _tool.ExtractFramesAsync(broken, info, 3, 64, _folder.Path, Cancel))).Code.ShouldBe(ErrorCodes.AssetInvalid);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
        foreach (var (count, side) in new[] { (0, 64), (11, 64), (1, 8) })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _tool.ExtractFramesAsync(broken, info, count, side, _folder.Path, Cancel));
        }
    }

    /// <summary>The same clip, as if it were too much to be decoded whole.</summary>
    private static MediaInfo Longer(MediaInfo info) => info with { Width = info.Width * 1000, Height = info.Height * 1000 };

    private static async Task<double> DistanceAsync(string one, string two)
    {
        var (a, b) = (await RunTool.DecodeAsync(one), await RunTool.DecodeAsync(two));
        a.Length.ShouldBe(b.Length);
        return Clips.Psnr(a, b, a.Length);
    }

    private static async Task<string> SizeAsync(string path)
    {
        var (_, output) = await RunTool.TryAsync("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path);
        return System.Text.Encoding.ASCII.GetString(output).Trim();
    }
}
