using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Errors;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

public sealed class FfmpegMediaToolTests : IDisposable
{
    private static readonly string[] H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    private readonly TempFolder _folder = new();
    private readonly FfmpegMediaTool _tool = new(new MediaOptions());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Version_ToolsThere_GivesTheFirstLine()
    {
        _tool.Missing().ShouldBeNull();
        (await _tool.VersionAsync(Cancel)).ShouldStartWith("ffmpeg version ");
    }

    [Fact]
    public async Task Missing_NoFfprobe_NamesItAndThePackage()
    {
        using var tool = new FfmpegMediaTool(new MediaOptions { Ffprobe = "no-such-ffprobe" });

        tool.Missing().ShouldBe(
            "no-such-ffprobe not found: install ffmpeg 5.1 or later (Debian, Ubuntu: apt install ffmpeg), or set Media:Ffmpeg and Media:Ffprobe.");
        (await tool.VersionAsync(Cancel)).ShouldBeNull();
        var video = await SampleAsync("good.mp4", 1, H264);
        (await Should.ThrowAsync<KinoraException>(() => tool.ProbeVideoAsync(video, Cancel))).Code.ShouldBe(ErrorCodes.MediaToolMissing);
    }

    [Theory]
    [InlineData("h264.mp4", "mp4", "h264", "aac", "-c:v libx264 -pix_fmt yuv420p -c:a aac")]
    [InlineData("h264.mov", "mov", "h264", "aac", "-c:v libx264 -pix_fmt yuv420p -c:a aac")]
    [InlineData("faststart.mp4", "mp4", "h264", "mp3", "-c:v libx264 -pix_fmt yuv420p -c:a libmp3lame -movflags +faststart")]
    [InlineData("fragments.mp4", "mp4", "h264", "aac", "-c:v libx264 -pix_fmt yuv420p -c:a aac -movflags frag_keyframe+empty_moov")]
    [InlineData("hevc.mp4", "mp4", "hevc", "aac", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p -c:a aac")]
    [InlineData("av1.mp4", "mp4", "av1", null, "-c:v libsvtav1 -preset 12 -pix_fmt yuv420p -an")]
    [InlineData("vp9.webm", "webm", "vp9", "opus", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus")]
    [InlineData("vp8.webm", "webm", "vp8", "vorbis", "-c:v libvpx -deadline realtime -c:a libvorbis")]
    public async Task Probe_AllowedKinds_TellsWhatTheyAre(string name, string container, string codec, string? sound, string encoding)
    {
        var video = _folder.File(name);
        await RunTool.FfmpegAsync(
            ["-f", "lavfi", "-i", "testsrc2=d=1.5:s=192x108:r=24", "-f", "lavfi", "-i", "sine=d=1.5", .. encoding.Split(' '), video]);

        var info = await _tool.ProbeVideoAsync(video, Cancel);

        info.ShouldSatisfyAllConditions(
            () => info.Container.ShouldBe(container),
            () => info.Extension.ShouldBe(container),
            () => info.VideoCodec.ShouldBe(codec),
            () => info.AudioCodec.ShouldBe(sound),
            () => (info.Width, info.Height).ShouldBe((192, 108)),
            () => info.FrameRate.ShouldBe(24, 0.01),
            () => info.Seconds.ShouldBe(1.5, 0.05));
    }

    [Fact]
    public async Task Probe_OblongPixels_GivesTheShapeOnScreen()
    {
        var video = await SampleAsync("sar.mp4", 1, ["-vf", "scale=128:72,setsar=4/3", .. H264]);

        var info = await _tool.ProbeVideoAsync(video, Cancel);

        (info.Width, info.Height).ShouldBe((171, 72));
    }

    [Fact]
    public async Task Probe_TurnedVideo_GivesTheShapeOnScreenAndStillsAreUpright()
    {
        var flat = await SampleAsync("flat.mp4", 1, H264);
        var turned = _folder.File("turned.mp4");
        await RunTool.FfmpegAsync("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);

        var info = await _tool.ProbeVideoAsync(turned, Cancel);

        (info.Width, info.Height).ShouldBe((108, 192));
        await _tool.MakeThumbnailAsync(turned, info, _folder.File("still"), Cancel);
        (await SizeAsync(_folder.File("still"))).ShouldBe((108, 192));
    }

    [Fact]
    public async Task Thumbnail_LargeVideo_IsAWebpOf640()
    {
        var video = await SampleAsync("big.mp4", 1, ["-vf", "scale=1280:720", .. H264]);

        await _tool.MakeThumbnailAsync(video, await _tool.ProbeVideoAsync(video, Cancel), _folder.File("still"), Cancel);

        var bytes = await File.ReadAllBytesAsync(_folder.File("still"), Cancel);
        bytes.AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
        bytes.AsSpan(8, 4).SequenceEqual("WEBP"u8).ShouldBeTrue();
        (await SizeAsync(_folder.File("still"))).ShouldBe((640, 360));
    }

    [Fact]
    public async Task Thumbnail_LengthThatLies_TakesTheFirstFrame()
    {
        var video = await SampleAsync("short.mp4", 1, H264);
        var info = await _tool.ProbeVideoAsync(video, Cancel);

        await _tool.MakeThumbnailAsync(video, info with { Seconds = 900 }, _folder.File("still"), Cancel);

        (await SizeAsync(_folder.File("still"))).ShouldBe((192, 108));
    }

    [Theory]
    [InlineData(2.5, 24, 4, 3)]
    [InlineData(10, 10, 5, 4)]
    [InlineData(0.2, 10, 4, 3)]
    public async Task Spritesheet_CellsShowTheirSecond(double seconds, int rate, int columns, int rows)
    {
        // Frame n is a plain grey of level 16 + n: a cell tells which frame it shows.
        var video = _folder.File("steps.mp4");
        await RunTool.FfmpegAsync([
            "-f", "lavfi", "-i", FormattableString.Invariant($"color=black:s=64x64:r={rate}:d={seconds},format=yuv420p,geq=lum=16+N*2:cb=128:cr=128"),
            "-c:v", "libx264", "-qp", "4", video]);
        var info = await _tool.ProbeVideoAsync(video, Cancel);

        var layout = await _tool.MakeSpritesheetAsync(video, info, _folder.File("sheet"), Cancel);

        layout.ShouldBe(new SpriteLayout(columns, rows, 64, 64));
        var sheet = await RunTool.FfmpegAsync("-i", _folder.File("sheet"), "-f", "rawvideo", "-pix_fmt", "yuvj420p", "pipe:1");
        sheet.Length.ShouldBe(columns * rows * 64 * 64 * 3 / 2);
        var count = columns * rows;
        for (var cell = 0; cell < count; cell++)
        {
            var level = sheet[((cell / columns * 64) + 32) * columns * 64 + (cell % columns * 64) + 32];
            var shown = Math.Min((int)Math.Floor(((cell + 0.5) * info.Seconds / count * rate) + 1e-6), (int)Math.Round(seconds * rate) - 1);
            // JPEG's luma runs from 0 to 255, the film's from 16 to 235.
            var frame = level * 219 / 255.0 / 2;
            Math.Abs(frame - shown).ShouldBeLessThan(0.75, $"cell {cell} should show frame {shown}");
        }
    }

    [Fact]
    public async Task Spritesheet_TooMuchToDecode_TakesKeyFrames()
    {
        var video = _folder.File("long.mp4");
        await RunTool.FfmpegAsync([
            "-f", "lavfi", "-i", "color=black:s=64x64:r=2:d=400,format=yuv420p,geq=lum=16+N/4:cb=128:cr=128", "-c:v", "libx264", "-qp", "4", "-g", "8", video]);
        var info = await _tool.ProbeVideoAsync(video, Cancel);

        var layout = await _tool.MakeSpritesheetAsync(video, info with { FrameRate = 240_000 }, _folder.File("sheet"), Cancel);

        layout.ShouldBe(new SpriteLayout(10, 10, 64, 64));
        var sheet = await RunTool.FfmpegAsync("-i", _folder.File("sheet"), "-f", "rawvideo", "-pix_fmt", "yuvj420p", "pipe:1");
        for (var cell = 0; cell < 100; cell++)
        {
            var level = sheet[((cell / 10 * 64) + 32) * 640 + (cell % 10 * 64) + 32];
            // 8 frames between key frames are 2 levels; 8 frames a cell too.
            Math.Abs((level * 219 / 255.0) - (cell * 2)).ShouldBeLessThan(3.5, $"cell {cell}");
        }
    }

    [Theory]
    [InlineData("b-frames.mp4", 2, "-c:v libx264 -bf 3 -g 250 -pix_fmt yuv420p")]
    [InlineData("one-group.mp4", 12, "-c:v libx264 -preset ultrafast -g 9999 -pix_fmt yuv420p")]
    [InlineData("vp9.webm", 2, "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")]
    [InlineData("uneven.mp4", 2, "-vf setpts=N*N/(600*TB) -fps_mode vfr -c:v libx264 -pix_fmt yuv420p")]
    [InlineData("one-frame.mp4", 0.04, "-frames:v 1 -c:v libx264 -pix_fmt yuv420p")]
    [InlineData("fragments.mp4", 3, "-c:v libx264 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov")]
    public async Task LastFrame_IsTheLastOfAllDecodedFrames(string name, double seconds, string encoding)
    {
        var video = await SampleAsync(name, seconds, encoding.Split(' '));

        await _tool.ExtractLastFrameAsync(video, _folder.File("last"), Cancel);

        await ShouldBeLastFrameAsync(video);
    }

    [Fact]
    public async Task LastFrame_SoundOutlastsThePicture_IsStillFound()
    {
        var video = _folder.File("sound.mp4");
        await RunTool.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=d=1:s=192x108:r=25", "-f", "lavfi", "-i", "sine=d=14", .. H264, "-c:a", "aac", video]);

        await _tool.ExtractLastFrameAsync(video, _folder.File("last"), Cancel);

        await ShouldBeLastFrameAsync(video);
    }

    [Fact]
    public async Task Outputs_FolderWithPatternCharacters_AreTakenLiterally()
    {
        var odd = Directory.CreateDirectory(_folder.File("100%03d: [a] 'b' $HOME")).FullName;
        var video = Path.Combine(odd, "-i %d.mp4");
        File.Move(await SampleAsync("plain.mp4", 1, H264), video);

        var info = await _tool.ProbeVideoAsync(video, Cancel);
        await _tool.MakeThumbnailAsync(video, info, Path.Combine(odd, "t%d"), Cancel);
        await _tool.MakeSpritesheetAsync(video, info, Path.Combine(odd, "s%d"), Cancel);
        await _tool.ExtractLastFrameAsync(video, Path.Combine(odd, "l%d"), Cancel);

        Directory.GetFiles(odd).Select(Path.GetFileName).ShouldBe(["-i %d.mp4", "l%d", "s%d", "t%d"], ignoreOrder: true);
    }

    private async Task ShouldBeLastFrameAsync(string video)
    {
        const int frame = 192 * 108 * 3;
        var all = await RunTool.DecodeAsync(video);
        var last = await RunTool.DecodeAsync(_folder.File("last"));
        last.Length.ShouldBe(frame);
        last.AsSpan().SequenceEqual(all.AsSpan(all.Length - frame)).ShouldBeTrue();
        (all.Length == frame || !last.AsSpan().SequenceEqual(all.AsSpan(all.Length - (2 * frame), frame))).ShouldBeTrue("a control: the frame before differs");
    }

    private async Task<string> SampleAsync(string name, double seconds, string[] encoding)
    {
        var video = _folder.File(name);
        await RunTool.FfmpegAsync(["-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=d={seconds}:s=192x108:r=25"), .. encoding, video]);
        return video;
    }

    private static async Task<(int Width, int Height)> SizeAsync(string path)
    {
        var (_, output) = await RunTool.TryAsync("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path);
        var parts = System.Text.Encoding.ASCII.GetString(output).Trim().Split(',').Select(int.Parse).ToArray();
        return (parts[0], parts[1]);
    }
}
