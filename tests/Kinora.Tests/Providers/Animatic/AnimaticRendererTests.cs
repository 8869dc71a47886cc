using System.Diagnostics;
using Kinora.Adapters.Providers.Animatic;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Errors;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class AnimaticRendererTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1280, 720, 2)]
    [InlineData(128, 128, 1)]
    [InlineData(130, 1920, 1)]
    [InlineData(1922, 128, 1)]
    [InlineData(642, 358, 3.37)]
    public async Task Render_AnyLegalSize_GivesExactlyThatFilm(int width, int height, double seconds)
    {
        var path = _folder.File("film.mp4");
        await Clips.RenderAsync(Clips.Film("Shot 1: A sailing boat in the rain, zoom in. Shot 2: A city at night, pan left.", width, height, seconds), path);

        var streams = Clips.Streams(path);
        streams.Length.ShouldBe(2);
        var (video, audio) = (streams[0], streams[1]);
        var frames = AnimaticFilm.FramesIn(seconds);
        video.GetProperty("codec_name").GetString().ShouldBe("h264");
        video.GetProperty("profile").GetString().ShouldBe("High");
        video.GetProperty("pix_fmt").GetString().ShouldBe("yuv420p");
        video.GetProperty("color_space").GetString().ShouldBe("bt709");
        video.GetProperty("color_range").GetString().ShouldBe("tv");
        (video.GetProperty("width").GetInt32(), video.GetProperty("height").GetInt32()).ShouldBe((width, height));
        video.GetProperty("r_frame_rate").GetString().ShouldBe("24/1");
        video.GetProperty("nb_read_frames").GetString().ShouldBe($"{frames}");
        Clips.Seconds(video).ShouldBe(frames / 24.0, 0.001);
        audio.GetProperty("codec_name").GetString().ShouldBe("aac");
        audio.GetProperty("sample_rate").GetString().ShouldBe("48000");
        Clips.Seconds(audio).ShouldBe(frames / 24.0, 0.022);
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task Render_LargestSides_Work()
    {
        var path = _folder.File("large.mp4");
        await Clips.RenderAsync(Clips.Film("A lighthouse at dawn, static", 130, 3840, 1), path);
        Clips.Streams(path)[0].GetProperty("height").GetInt32().ShouldBe(3840);
    }

    [Fact]
    public async Task Render_NoAudio_HasNoTrack()
    {
        var path = _folder.File("silent.mp4");
        await Clips.RenderAsync(Clips.Film("A cat") with { Audio = false }, path);
        Clips.Streams(path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Render_SameSeed_SameBytes_OtherSeedDiffers()
    {
        string[] paths = [_folder.File("a.mp4"), _folder.File("b.mp4"), _folder.File("c.mp4")];
        await Clips.RenderAsync(Clips.Film("A dog in a meadow", seed: 4), paths[0]);
        await Clips.RenderAsync(Clips.Film("A dog in a meadow", seed: 4), paths[1]);
        await Clips.RenderAsync(Clips.Film("A dog in a meadow", seed: 5), paths[2]);
        var bytes = paths.Select(File.ReadAllBytes).ToArray();
        bytes[1].ShouldBe(bytes[0]);
        bytes[2].ShouldNotBe(bytes[0]);
    }

    [Fact]
    public async Task Render_FirstAndLastPicture_AreExactlyTheFirstAndLastFrame()
    {
        var (first, last, path) = (_folder.File("first.png"), _folder.File("last.png"), _folder.File("film.mp4"));
        Clips.WritePicture(first, 500, 300);
        Clips.WritePicture(last, 300, 500);
        await Clips.RenderAsync(Clips.Film("Shot 1: pan left. Shot 2: A cat", 320, 240, 3) with { FirstFramePath = first, LastFramePath = last }, path);

        var frames = Clips.Frames(path);
        var size = FrameCanvas.FrameBytes(320, 240);
        Clips.Psnr(frames, Fitted(first, 320, 240), 320 * 240).ShouldBeGreaterThan(38);
        Clips.Psnr(frames.AsSpan(frames.Length - size), Fitted(last, 320, 240), 320 * 240).ShouldBeGreaterThan(38);
        // The move starts without a jump: the second frame is nearly the first.
        Clips.Psnr(frames.AsSpan(size), frames.AsSpan(0, size), 320 * 240).ShouldBeGreaterThan(32);
        Clips.Psnr(frames.AsSpan(30 * size), frames.AsSpan(0, size), 320 * 240).ShouldBeLessThan(30);
    }

    [Fact]
    public async Task Render_Progress_RisesToOne()
    {
        var steps = new List<double>();
        await Clips.RenderAsync(Clips.Film("A tree"), _folder.File("film.mp4"), new Steps(steps));
        steps.Count.ShouldBe(48);
        steps.ShouldBeInOrder();
        steps[^1].ShouldBe(1);
        steps[0].ShouldBe(1 / 48.0);
    }

    [Fact]
    public async Task Render_Cancelled_EndsPromptlyAndLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var render = Clips.RenderAsync(Clips.Film("A train in the forest", 1280, 720, 60), _folder.File("film.mp4"), new Steps([], started), cancel.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(render);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Render_FfmpegMissing_SaysWhatToDo()
    {
        var renderer = new AnimaticRenderer(new Ffmpeg("no-such-ffmpeg", "no-such-ffprobe"));
        var fault = await Should.ThrowAsync<KinoraException>(renderer.RenderAsync(Clips.Film("A cat"), _folder.File("film.mp4"), null, TestContext.Current.CancellationToken));
        fault.Code.ShouldBe(ErrorCodes.MediaToolMissing);
        fault.Message.ShouldContain("Install it");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Render_EncoderDies_IsOneFaultAndDoesNotHang()
    {
        var broken = _folder.Write("ffmpeg", "#!/bin/sh\nhead -c 1000 >/dev/null\necho out of luck >&2\nexit 3\n"u8);
        File.SetUnixFileMode(broken, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var render = new AnimaticRenderer(new Ffmpeg(broken)).RenderAsync(Clips.Film("A cat", 640, 360, 20), _folder.File("film.mp4"), null, TestContext.Current.CancellationToken);
        var fault = await Should.ThrowAsync<KinoraException>(render.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        fault.Code.ShouldBe(ErrorCodes.RenderFailed);
        fault.Detail!.ShouldContain("out of luck");
        Directory.GetFiles(_folder.Path).ShouldBe([broken]);
    }

    [Fact]
    public async Task Extend_OwnClip_KeepsItsFramesAndAppendsExactly()
    {
        var (source, path) = (_folder.File("source.mp4"), _folder.File("longer.mp4"));
        await Clips.RenderAsync(Clips.Film("A boat on the sea", 320, 180, 2), source);
        await new FilmExtender(new Ffmpeg()).ExtendAsync(source, Clips.Film("A lighthouse at night", 320, 180, 1.5), path, null, TestContext.Current.CancellationToken);

        var (before, after) = (Clips.Frames(source), Clips.Frames(path));
        var size = FrameCanvas.FrameBytes(320, 180);
        (after.Length / size).ShouldBe(48 + 36);
        after.AsSpan(0, before.Length).SequenceEqual(before).ShouldBeTrue();
        Clips.Psnr(after.AsSpan(48 * size), before.AsSpan(47 * size), 320 * 180).ShouldBeGreaterThan(36);
        var streams = Clips.Streams(path);
        Clips.Seconds(streams[0]).ShouldBe(3.5, 0.001);
        Clips.Seconds(streams[1]).ShouldBe(3.5, 0.03);
    }

    [Fact]
    public async Task Look_EveryMove_NeverShowsBeyondThePicture()
    {
        // A picture's rim is read as far as it goes: a hole would be black (code 0), below the darkest code of limited range.
        foreach (var move in (string[])["pan left", "pan right", "tilt up", "tilt down", "zoom in", "zoom out", "push in", "pull back", "track left", "tracking shot", "static"])
        {
            var least = new Least();
            await AnimaticRenderer.DrawAsync(Clips.Film($"A meadow at noon, {move}", 160, 130, 1), least, TestContext.Current.CancellationToken);
            least.Code.ShouldBeGreaterThanOrEqualTo((byte)14, move);
        }
    }

    private static byte[] Fitted(string path, int width, int height)
    {
        using var image = PictureScene.Fit(path, width, height);
        using var layer = LayerReader.ReadOpaque(image);
        var frame = new byte[FrameCanvas.FrameBytes(width, height)];
        using var canvas = new FrameCanvas(width, height);
        canvas.Draw(new FrameRecipe(new SceneView([new PlacedLayer(layer, new View(0, 0, 1))]), null, 0, []), frame);
        return frame;
    }

    private sealed class Steps(List<double> seen, TaskCompletionSource? started = null) : IProgress<double>
    {
        public void Report(double value)
        {
            seen.Add(value);
            started?.TrySetResult();
        }
    }

    private sealed class Least : IFrameSink
    {
        internal byte Code { get; private set; } = 255;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
        {
            foreach (var code in frame.Span[..(160 * 130)])
            {
                Code = Math.Min(Code, code);
            }

            return ValueTask.CompletedTask;
        }
    }
}
