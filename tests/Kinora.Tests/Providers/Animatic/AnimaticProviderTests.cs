using Kinora.Adapters.Providers;
using Kinora.Adapters.Providers.Animatic;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class AnimaticProviderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AnimaticProvider _provider = Provider();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Module_IsFoundAndOnByItself() =>
        ProviderConfiguration.Modules["animatic"].Environment.AlwaysOn.ShouldBeTrue();

    [Fact]
    public void Check_UnknownSetting_IsNamed()
    {
        var settings = new ProviderSettings { Name = "animatic", Kind = "animatic", Extra = new Dictionary<string, string> { ["Colour"] = "red" } };
        new AnimaticModule().Check(settings).ShouldHaveSingleItem().ShouldContain("Providers:animatic:Colour");
    }

    [Fact]
    public async Task Check_VideoJob_RendersIntoTheWorkFolderAndMayBeRepeated()
    {
        var job = Job(Request("A cat in a room"));
        var finished = (await LookAsync(job)).ShouldBeOfType<CheckOutcome.Finished>();
        finished.CostUsd.ShouldBe(0);
        var output = finished.Outputs.ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(_folder.File(output.WorkFile!));
        (await LookAsync(job)).ShouldBeOfType<CheckOutcome.Finished>();
        File.ReadAllBytes(_folder.File(output.WorkFile!)).ShouldBe(bytes);

        var opened = (await _provider.OpenAsync(job, output, 100, TestContext.Current.CancellationToken)).ShouldBeOfType<OpenOutcome.Opened>();
        await using var body = opened.Body;
        (opened.Offset, opened.TotalBytes).ShouldBe((100, bytes.Length));
    }

    [Fact]
    public async Task Check_AfterACrash_ClearsWhatWasLeft()
    {
        _folder.Write("animatic.mp4.0123.0.pcm", "rest"u8);
        await LookAsync(Job(Request("A tree")));
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem().ShouldEndWith("animatic.mp4");
    }

    [Fact]
    public async Task Check_ImageJob_LeavesAPicture()
    {
        var job = Job(Request("A robot") with { Kind = MediaKind.Image, Format = "webp", Seconds = null });
        var output = (await LookAsync(job)).ShouldBeOfType<CheckOutcome.Finished>().Outputs.ShouldHaveSingleItem();
        (output.Kind, output.WorkFile).ShouldBe((MediaKind.Image, "animatic-1.webp"));
    }

    [Fact]
    public async Task Check_ExtendJob_AppendsToTheSource()
    {
        var source = _folder.File("source.mp4");
        await Clips.RenderAsync(Clips.Film("A boat", 192, 128, 1), source);
        var parent = new SourceJob(JobId.New(new SystemRandomBytes()), "x", "animatic", Request("A boat"), source, ["A boat"]);
        var request = Request("It reaches the shore") with { Operation = Operation.Extend, Seconds = 1 };
        (await LookAsync(Job(request) with { Source = parent })).ShouldBeOfType<CheckOutcome.Finished>();
        Clips.Seconds(Clips.Streams(_folder.File("animatic.mp4"))[0]).ShouldBe(2, 0.001);
    }

    [Fact]
    public async Task Check_EditJob_DrawsTheSourcesShotsChanged()
    {
        var parent = new SourceJob(JobId.New(new SystemRandomBytes()), "x", "animatic", Request("A boat"), "", ["Shot 1: A boat. Shot 2: A cat."]);
        (await LookAsync(Job(Request("make it night") with { Operation = Operation.Edit }) with { Source = parent })).ShouldBeOfType<CheckOutcome.Finished>();
    }

    [Fact]
    public async Task Cancel_RunningRender_EndsAsCancelledWithNothingLeft()
    {
        var job = Job(Request("A horse") with { Seconds = 60, Size = new FrameSize(1280, 720) });
        var started = new TaskCompletionSource();
        var look = _provider.CheckAsync(job, new Signal(started), TestContext.Current.CancellationToken);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        (await _provider.CancelAsync(job, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await look).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_ReadyJob_IsAcceptedAtOnce() =>
        (await _provider.SubmitAsync(Submission(Request("A cat")), TestContext.Current.CancellationToken)).ShouldBeOfType<SubmitOutcome.Accepted>();

    [Fact]
    public async Task Submit_NoFfmpeg_IsRefusedWithTheMend()
    {
        var refused = (await Provider("no-such-ffmpeg").SubmitAsync(Submission(Request("A cat")), TestContext.Current.CancellationToken)).ShouldBeOfType<SubmitOutcome.Refused>();
        refused.Code.ShouldBe(ErrorCodes.MediaToolMissing);
    }

    private static AnimaticProvider Provider(string ffmpeg = "ffmpeg") =>
        new(new ProviderSettings { Name = "animatic", Kind = "animatic" }, new Ffmpeg(ffmpeg));

    private Task<CheckOutcome> LookAsync(RemoteJob job) => _provider.CheckAsync(job, new Signal(null), TestContext.Current.CancellationToken);

    private static GenerationRequest Request(string prompt) => new() { Prompt = prompt, Seconds = 1, Size = new FrameSize(192, 128) };

    private RemoteJob Job(GenerationRequest request) => new()
    {
        JobId = JobId.New(new SystemRandomBytes()),
        ModelName = "storyboard",
        Request = request,
        Inputs = new NoInputs(),
        RemoteId = "animatic-1",
        WorkFolder = _folder.Path,
    };

    private Submission Submission(GenerationRequest request) => new()
    {
        JobId = JobId.New(new SystemRandomBytes()),
        ModelName = "storyboard",
        Request = request,
        Inputs = new NoInputs(),
        WorkFolder = _folder.Path,
    };

    private sealed class NoInputs : IInputFiles
    {
        public Task<string> PathAsync(InputImage image, CancellationToken cancel) => throw new InvalidOperationException("No picture was given.");

        public Task<string> PathAsync(InputVideo video, CancellationToken cancel) => throw new InvalidOperationException("No video was given.");
    }

    private sealed class Signal(TaskCompletionSource? started) : IProgress<double>
    {
        public void Report(double value) => started?.TrySetResult();
    }
}
