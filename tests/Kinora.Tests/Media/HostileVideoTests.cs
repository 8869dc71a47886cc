using System.Net;
using System.Net.Sockets;
using Kinora.Adapters.Media;
using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

public sealed class HostileVideoTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FfmpegMediaTool _tool = new(new MediaOptions());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scripts => [.. HostileVideos.Scripts.Keys];

    public static TheoryData<string> Boxes => [.. HostileVideos.Boxes.Keys];

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Probe_Script_IsRefusedBeforeAnyToolRuns(string name)
    {
        await VictimAsync();
        using var tool = new FfmpegMediaTool(new MediaOptions { Ffmpeg = "/bin/false", Ffprobe = "/bin/false" });

        var fault = await Should.ThrowAsync<KinoraException>(() => tool.ProbeVideoAsync(_folder.Write(name, HostileVideos.Scripts[name]), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldStartWith("The file is not a video of a known kind.");
    }

    /// <summary>The second wall alone: what ffprobe and ffmpeg would do if a script got past the signature.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Tools_ScriptPastTheSignature_ReadNothing(string name)
    {
        await VictimAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 18999);
        listener.Start();
        var path = _folder.Write(name, HostileVideos.Scripts[name]);

        foreach (var container in new[] { VideoContainer.Mp4, VideoContainer.WebM })
        {
            (await RunAsync("ffprobe", ProbeRecipe.Arguments(path, container))).Succeeded.ShouldBeFalse();
            (await RunAsync("ffmpeg", LastFrameRecipe.Arguments(path, container, null, _folder.File("out")))).Succeeded.ShouldBeFalse();
        }

        // The lists must hold without the fixed demuxer, too.
        string[] listsOnly = [.. FfmpegInput.Arguments(path, VideoContainer.Mp4)];
        var at = Array.IndexOf(listsOnly, "-f");
        (await RunAsync("ffprobe", [.. listsOnly[..at], .. listsOnly[(at + 2)..]])).Succeeded.ShouldBeFalse();
        File.Exists(_folder.File("out")).ShouldBeFalse();
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task Control_DefaultFfprobe_ReadsTheNeighbour()
    {
        await VictimAsync();
        var path = _folder.Write("concat-relative.mp4", HostileVideos.Scripts["concat-relative.mp4"]);

        var (code, output) = await RunTool.TryAsync("ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", path);

        code.ShouldBe(0);
        System.Text.Encoding.ASCII.GetString(output).ShouldContain("h264");
    }

    [Theory]
    [MemberData(nameof(Boxes))]
    public async Task Probe_BrokenContainer_IsRefused(string name)
    {
        var fault = await Should.ThrowAsync<KinoraException>(() => _tool.ProbeVideoAsync(_folder.Write(name, HostileVideos.Boxes[name]), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldNotContain(_folder.Path);
    }

    [Theory]
    [InlineData("mpeg4.mp4", "The video or its sound is coded", "-f lavfi -i testsrc=d=1:s=64x64 -c:v mpeg4")]
    [InlineData("mjpeg.mov", "The video or its sound is coded", "-f lavfi -i testsrc=d=1:s=64x64 -c:v mjpeg")]
    [InlineData("ac3.mp4", "The video or its sound is coded", "-f lavfi -i testsrc=d=1:s=64x64 -f lavfi -i sine=d=1 -c:v libx264 -pix_fmt yuv420p -c:a ac3")]
    [InlineData("sound-only.mp4", "The file has no video", "-f lavfi -i sine=d=1 -c:a aac")]
    [InlineData("matroska.mkv", "The file is Matroska", "-f lavfi -i testsrc=d=1:s=64x64 -c:v libx264 -pix_fmt yuv420p")]
    [InlineData("video.avi", "The file is not a video of a known kind", "-f lavfi -i testsrc=d=1:s=64x64 -c:v libx264 -pix_fmt yuv420p")]
    [InlineData("rate.mp4", "The video has 100000 frames a second; allowed are 240.", "-f lavfi -i color=s=16x16:r=100000:d=0.1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p")]
    [InlineData("long.mp4", "The video is 4000 seconds long; allowed are 3600.", "-f lavfi -i color=s=16x16:r=1/10:d=4000 -c:v libx264 -preset ultrafast -pix_fmt yuv420p")]
    public async Task Probe_OutsideListsOrLimits_IsRefusedWithTheReason(string name, string reason, string encoding)
    {
        await RunTool.FfmpegAsync([.. encoding.Split(' '), _folder.File(name)]);

        var fault = await Should.ThrowAsync<KinoraException>(() => _tool.ProbeVideoAsync(_folder.File(name), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldStartWith(reason);
    }

    [Fact]
    public async Task Probe_FrameOverTheLimit_IsRefused()
    {
        var video = await VictimAsync();
        using var tool = new FfmpegMediaTool(new MediaOptions { MaxSide = 100 });

        var fault = await Should.ThrowAsync<KinoraException>(() => tool.ProbeVideoAsync(video, Cancel));

        fault.Message.ShouldBe("The video is 128x128; allowed are 100 pixels a side and 40 million in all.");
    }

    [Theory]
    [InlineData("+faststart")]
    [InlineData("frag_keyframe+empty_moov")]
    public async Task Probe_CutShort_IsRefusedEvenWhenTheIndexIsWhole(string flags)
    {
        var video = _folder.File("whole.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc=d=2:s=128x128", "-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p", "-movflags", flags, video);
        var bytes = await File.ReadAllBytesAsync(video, Cancel);

        var fault = await Should.ThrowAsync<KinoraException>(() => _tool.ProbeVideoAsync(_folder.Write("cut.mp4", bytes.AsSpan(0, bytes.Length * 2 / 3)), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldContain("cut short");
    }

    [Fact]
    public async Task Probe_PicturesAreNoise_IsRefused()
    {
        var video = await VictimAsync();
        var bytes = await File.ReadAllBytesAsync(video, Cancel);
        var body = bytes.AsSpan().IndexOf("mdat"u8) + 4;
        var index = bytes.AsSpan().IndexOf("moov"u8) - 4;
        new Random(1).NextBytes(bytes.AsSpan(body, index - body));

        var fault = await Should.ThrowAsync<KinoraException>(() => _tool.ProbeVideoAsync(_folder.Write("noise.mp4", bytes), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
    }

    [Fact]
    public async Task Recipes_OverTime_AreKilledAndSaySo()
    {
        var video = await VictimAsync();
        var info = await _tool.ProbeVideoAsync(video, Cancel);
        var stuck = _folder.Write("stuck", "#!/bin/sh\necho half > sheet; exec sleep 604\n"u8);
        File.SetUnixFileMode(stuck, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var tool = new FfmpegMediaTool(new MediaOptions { Ffmpeg = stuck, WallSeconds = 1 });

        var fault = await Should.ThrowAsync<KinoraException>(() => tool.MakeSpritesheetAsync(video, info, _folder.File("sheet"), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldContain("longer than 1 s");
        File.Exists(_folder.File("sheet")).ShouldBeFalse();
    }

    [Fact]
    public async Task Recipes_OverMemory_AreRefused()
    {
        var video = _folder.File("large.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "color=s=3840x2160:r=10:d=0.2", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", video);
        using var tool = new FfmpegMediaTool(new MediaOptions { MemoryMegabytes = 64 });

        var fault = await Should.ThrowAsync<KinoraException>(() => tool.ExtractLastFrameAsync(video, _folder.File("last"), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        fault.Message.ShouldContain("too large to process");
        await _tool.ExtractLastFrameAsync(video, _folder.File("last"), Cancel);
    }

    private Task<MediaChildResult> RunAsync(string program, IReadOnlyList<string> arguments) => MediaChild.RunAsync(
        new MediaChildSpec { Program = ProgramPath.Find(program)!, Arguments = arguments, WorkFolder = _folder.Path }, Cancel);

    private async Task<string> VictimAsync()
    {
        var victim = _folder.File("victim.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc=d=1:s=128x128", "-c:v", "libx264", "-pix_fmt", "yuv420p", victim);
        return victim;
    }
}
