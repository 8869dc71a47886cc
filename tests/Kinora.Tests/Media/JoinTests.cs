using System.Globalization;
using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

/// <summary>Joining two films, looked at with ffmpeg itself.</summary>
public sealed class JoinTests : IDisposable
{
    private const string Silent = "";

    private readonly TempFolder _folder = new();
    private readonly FfmpegMediaTool _tool = new(new MediaOptions());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("192x128", 24, "sine", "192x128", 24, "sine", true)]
    [InlineData("192x128", 24, Silent, "192x128", 24, Silent, false)]
    [InlineData("192x128", 24, Silent, "192x128", 24, "sine", true)]
    [InlineData("192x128", 24, "sine", "192x128", 24, Silent, true)]
    [InlineData("192x128", 30, "sine", "320x320", 24, "sine", true)]
    [InlineData("128x192", 25, "sine", "96x64", 60, Silent, true)]
    public async Task Join_IsAsLongAsBothWithoutTheRepeat_InTheFirstsSizeAndRate(
        string size, int rate, string sound, string otherSize, int otherRate, string otherSound, bool sounds)
    {
        var first = await FilmAsync("first.mp4", "testsrc2", size, rate, 2, sound);
        var second = await FilmAsync("second.mp4", "mandelbrot", otherSize, otherRate, 1.5, otherSound);

        var joined = await JoinAsync(first, second);

        var info = await _tool.ProbeVideoAsync(joined, Cancel);
        $"{info.Width}x{info.Height}".ShouldBe(size);
        info.FrameRate.ShouldBe(rate, 0.01);
        info.Seconds.ShouldBe(3.5 - (1.0 / otherRate), 1.1 / rate);
        (info.Container, info.VideoCodec, info.AudioCodec).ShouldBe(("mp4", "h264", sounds ? "aac" : null));
        if (sounds)
        {
            double.Parse(await ShownAsync(joined, "stream=duration", "a:0"), CultureInfo.InvariantCulture).ShouldBe(info.Seconds, 0.1);
            (await LoudnessAsync(joined, 0.2, 1.6) > -60).ShouldBe(sound.Length > 0, "sound of the first");
            (await LoudnessAsync(joined, 2.2, 1) > -60).ShouldBe(otherSound.Length > 0, "sound of the second");
        }
    }

    [Fact]
    public async Task Join_AtTheJoint_GoesOnWithoutARepeatOrAGap()
    {
        // Frame n is a plain grey of level 16 + 4n; the second begins with the first one's last frame, 23.
        var first = await GreyAsync("first.mp4", from: 0);
        var second = await GreyAsync("second.mp4", from: 23);

        var joined = await JoinAsync(first, second);

        var greys = (await RunTool.DecodeAsync(joined)).Chunk(64 * 64 * 3).Select(frame => (int)frame[(32 * 64 * 3) + 96]).ToList();
        greys.Count.ShouldBe(47);
        for (var n = 1; n < greys.Count; n++)
        {
            (greys[n] - greys[n - 1]).ShouldBeInRange(3, 7, $"from frame {n - 1} to {n}: {string.Join(' ', greys)}");
        }
    }

    [Theory]
    [InlineData("30000/1001")]
    [InlineData("24000/1001")]
    public async Task Join_UnevenRate_IsKeptExactly(string rate)
    {
        var first = _folder.File("first.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", $"testsrc2=d=1:s=64x64:r={rate}", "-c:v", "libx264", "-pix_fmt", "yuv420p", first);

        var joined = await JoinAsync(first, await FilmAsync("second.mp4", "testsrc2", "64x64", 24, 1, Silent));

        (await ShownAsync(joined, "stream=r_frame_rate", "v:0")).ShouldBe(rate);
    }

    [Fact]
    public async Task Join_OddAndStretchedPixels_AreShownAsTheFirstIs()
    {
        var first = _folder.File("first.mp4");
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=d=1:s=64x64:r=24", "-vf", "scale=63:33,setsar=2", "-c:v", "libx264", "-pix_fmt", "yuv444p", first);

        var joined = await JoinAsync(first, await FilmAsync("second.mp4", "testsrc2", "64x64", 24, 1, Silent));

        (await ShownAsync(joined, "stream=width,height,sample_aspect_ratio", "v:0")).ShouldBe("126,32,1:1");
    }

    [Fact]
    public async Task Join_OtherContainerAndCodecs_AreTaken()
    {
        var first = _folder.File("first.webm");
        await RunTool.FfmpegAsync(
            "-f", "lavfi", "-i", "testsrc2=d=1:s=64x64:r=24", "-f", "lavfi", "-i", "sine=d=1", "-c:v", "libvpx", "-c:a", "libvorbis", first);

        var info = await _tool.ProbeVideoAsync(await JoinAsync(first, await FilmAsync("second.mp4", "testsrc2", "64x64", 24, 1, "sine")), Cancel);

        info.Container.ShouldBe("mp4");
        info.Seconds.ShouldBe(2 - (1.0 / 24), 0.06);
    }

    [Fact]
    public async Task Join_BrokenSecond_IsRefusedAndLeavesNothing()
    {
        var first = await FilmAsync("first.mp4", "testsrc2", "64x64", 24, 1, Silent);
        var broken = _folder.Write("broken.mp4", "no film"u8);

        (await Should.ThrowAsync<KinoraException>(() => JoinAsync(first, broken))).Code.ShouldBe(ErrorCodes.AssetInvalid);

        File.Exists(_folder.File("joined")).ShouldBeFalse();
    }

    [Fact]
    public async Task Join_OverItsTime_IsRefusedAndLeavesNothing()
    {
        using var hasty = new FfmpegMediaTool(new MediaOptions { JoinSeconds = 1 });
        var first = await FilmAsync("first.mp4", "testsrc2", "1920x1080", 30, 6, Silent);

        (await Should.ThrowAsync<KinoraException>(() => hasty.JoinAsync(first, first, _folder.File("joined"), Cancel))).Message.ShouldContain("longer than 1 s");

        File.Exists(_folder.File("joined")).ShouldBeFalse();
    }

    private async Task<string> JoinAsync(string first, string second)
    {
        await _tool.JoinAsync(first, second, _folder.File("joined"), Cancel);
        return _folder.File("joined");
    }

    private async Task<string> FilmAsync(string name, string source, string size, int rate, double seconds, string sound)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        string[] heard = sound.Length > 0 ? ["-f", "lavfi", "-i", $"sine=frequency=440:sample_rate=44100:d={length}", "-c:a", "aac"] : [];
        await RunTool.FfmpegAsync(
            ["-f", "lavfi", "-i", $"{source}=s={size}:r={rate}", .. heard, "-t", length, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", _folder.File(name)]);
        return _folder.File(name);
    }

    private async Task<string> GreyAsync(string name, int from)
    {
        await RunTool.FfmpegAsync(
            "-f", "lavfi", "-i", $"color=black:s=64x64:r=24:d=1,format=yuv420p,geq=lum=16+(N+{from})*4:cb=128:cr=128", "-c:v", "libx264", "-qp", "4", "-bf", "2", _folder.File(name));
        return _folder.File(name);
    }

    private static async Task<string> ShownAsync(string path, string entries, string stream)
    {
        var (code, output) = await RunTool.TryAsync("ffprobe", "-v", "error", "-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", path);
        code.ShouldBe(0);
        return System.Text.Encoding.UTF8.GetString(output).Trim();
    }

    /// <summary>Of a span, in decibels below full.</summary>
    private static async Task<double> LoudnessAsync(string path, double from, double seconds)
    {
        var samples = await RunTool.FfmpegAsync(
            "-ss", from.ToString(CultureInfo.InvariantCulture), "-t", seconds.ToString(CultureInfo.InvariantCulture), "-i", path, "-vn", "-f", "s16le", "-ac", "1", "pipe:1");
        var power = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(samples).ToArray().Average(s => s / 32768.0 * (s / 32768.0));
        return 10 * Math.Log10(power + 1e-12);
    }
}
