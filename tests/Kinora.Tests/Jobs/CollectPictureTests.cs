using Kinora.Adapters.Media.Images;
using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Bringing paid pictures home; they are looked at in earnest.</summary>
public sealed class CollectPictureTests : IAsyncLifetime
{
    private static readonly GenerationRequest Request = new() { Kind = MediaKind.Image, Prompt = "a fox" };

    private readonly ImageCleaner _images = new(new ImageOptions(), [.. ChildHost.Command, ImageWorkerCommand.Name]);
    private readonly Engine _engine = new();
    private readonly Dictionary<string, byte[]> _files = [];

    public CollectPictureTests()
    {
        _engine.Media.RealImages = _images;
        _engine.Provider.OnCheck = (_, _, _) => Task.FromResult<CheckOutcome>(new CheckOutcome.Finished(
            [.. _files.Keys.Select(name => new RemoteOutput { Kind = MediaKind.Image, Url = name })]));
        _engine.Provider.OnOpen = (output, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream(_files[output.Url!]), 0, _files[output.Url!].Length));
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _images.Dispose();
    }

    [Fact]
    public async Task GoodPictures_AreKeptAsTheyCame_InOrder()
    {
        (_files["one"], _files["two"]) = (HostileImages.Good(), HostileImages.Png(32, 16, color: 6));

        var job = await RunAsync(Request with { Count = 2 });

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.Warnings.ShouldBeEmpty();
        job.Assets.Select(a => (a.Role, a.Index, a.FileName, a.Width, a.Height, a.Alpha)).ShouldBe(
            [(AssetRole.Image, 0, "image.png", 64, 64, false), (AssetRole.Image, 1, "image-2.png", 32, 16, true)]);
        (await File.ReadAllBytesAsync(_engine.Assets.PathOf(job.Assets[1]), TestContext.Current.CancellationToken)).ShouldBe(_files["two"]);
    }

    [Theory]
    [InlineData("truncated.png")]
    [InlineData("noise-pixels.png")]
    [InlineData("hollow.webp")]
    public async Task RightHeaderAndBrokenPixels_EndsAsInvalid_AndIsNeverSentAgain(string name)
    {
        _files["one"] = HostileImages.Damaged[name];

        var job = await RunAsync(Request);

        (job.Status, job.ErrorCode, job.Assets.Count).ShouldBe((JobStatus.Failed, ErrorCodes.AssetInvalid, 0));
        (_engine.Provider.Submits.Count, _engine.Provider.Opens.Count).ShouldBe((1, RetryRules.InvalidResultTries));
        Directory.Exists(_engine.Folders.Workspace.Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task OneBrokenPictureOfTwo_IsLeftOut_AndTold(int broken)
    {
        var (good, bad) = (HostileImages.Good(), HostileImages.Damaged["truncated.png"]);
        (_files["one"], _files["two"]) = broken == 0 ? (bad, good) : (good, bad);

        var job = await RunAsync(Request with { Count = 2 });

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.Assets.ShouldHaveSingleItem().Index.ShouldBe(1 - broken);
        job.Warnings.ShouldHaveSingleItem().ShouldContain("1 of 2 pictures");
        _engine.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TwoBrokenPictures_EndAsInvalid()
    {
        (_files["one"], _files["two"]) = (HostileImages.Damaged["truncated.png"], HostileImages.Damaged["truncated.png"]);

        (await RunAsync(Request with { Count = 2 })).ErrorCode.ShouldBe(ErrorCodes.AssetInvalid);
    }

    [Fact]
    public async Task TooManyPixels_EndsAsInvalid()
    {
        _files["one"] = HostileImages.TooLarge["32768-squared-wraps.png"];

        (await RunAsync(Request)).ErrorCode.ShouldBe(ErrorCodes.AssetInvalid);
    }

    [Fact]
    public async Task ScaleTo_BringsEveryPictureToThatSize_AndKeepsItsAlpha()
    {
        (_files["one"], _files["two"]) = (HostileImages.Png(64, 32, color: 6), HostileImages.Png(40, 20, color: 6));

        var job = await RunAsync(Request with { Count = 2, ScaleTo = new FrameSize(40, 20), Size = new FrameSize(64, 32) });

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.Warnings.ShouldBeEmpty();
        job.Assets.Select(a => (a.Width, a.Height, a.Alpha, a.MimeType)).ShouldBe([(40, 20, true, "image/png"), (40, 20, true, "image/png")]);
        foreach (var asset in job.Assets)
        {
            (await FileHash.OfAsync(_engine.Assets.PathOf(asset), TestContext.Current.CancellationToken)).ShouldBe((asset.Bytes, asset.Sha256));
        }
    }

    [Fact]
    public async Task WhatCameOtherwise_IsTold()
    {
        _files["one"] = HostileImages.Good();

        var job = await RunAsync(Request with { Count = 3, Format = "webp", Background = "transparent", Size = new FrameSize(128, 128) });

        job.Warnings.ShouldBe(
        [
            "The result is 64x64; 128x128 was asked.", "1 of 3 pictures came.", "The result is png; webp was asked.",
            "The result has no transparent background, though one was asked.",
        ]);
        job.Assets.Single().FileName.ShouldBe("image.png");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task TransparentByAColourKey_CountsAsTransparent(int color)
    {
        _files["one"] = HostileImages.Png(8, 8, color: color, extra: HostileImages.Chunk("tRNS", new byte[color == 2 ? 6 : 2]));

        (await RunAsync(Request with { Background = "transparent" })).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task BytesSentAlong_AreKept()
    {
        _engine.Provider.OnSubmit = (_, _) => Task.FromResult<SubmitOutcome>(
            new SubmitOutcome.Finished("r", [new RemoteOutput { Kind = MediaKind.Image, Inline = HostileImages.Good(), RevisedPrompt = "a red fox" }], 0.04m));

        var job = await RunAsync(Request);

        (job.Status, job.ChargedUsd, job.Outputs.Single().RevisedPrompt).ShouldBe((JobStatus.Completed, 0.04m, "a red fox"));
    }

    /// <summary>The machine that got the answer stops before it is stored; the one that goes on has other scratch folders.</summary>
    [Fact]
    public async Task BytesSentAlong_AreBroughtHomeByAnotherMachine()
    {
        _engine.Provider.OnSubmit = (_, _) => Task.FromResult<SubmitOutcome>(new SubmitOutcome.Finished("r", [new RemoteOutput { Kind = MediaKind.Image, Inline = HostileImages.Good() }]));
        _engine.Assets.OnAdopt = _ => throw new KinoraException(ErrorCodes.StorageUnavailable, "Away.");
        var id = await _engine.AddAsync(Request);
        await _engine.PassAsync();
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);

        GoOnElsewhere();
        _engine.Assets.OnAdopt = null;
        var job = await _engine.RunAsync(id);

        (job.Status, job.Strikes, _engine.Provider.Submits.Count).ShouldBe((JobStatus.Completed, 0, 1));
        _engine.Assets.Shared.ShouldBeEmpty("what it became is stored");
    }

    /// <summary>The machine that got the answer had lost its lease by then: the job is one to be looked at again, and the provider has nothing to show.</summary>
    [Fact]
    public async Task FilesOfAnAnswer_AfterTheLeaseWasLost_AreBroughtHomeByAnotherMachine()
    {
        var answer = new TaskCompletionSource();
        _engine.Provider.OnSubmit = async (submission, _) =>
        {
            await answer.Task;
            await File.WriteAllBytesAsync(Path.Combine(submission.WorkFolder, "picture-0"), HostileImages.Good(), CancellationToken.None);
            return new SubmitOutcome.Finished("r", [new RemoteOutput { Kind = MediaKind.Image, WorkFile = "picture-0" }]);
        };
        _engine.Provider.OnCheck = (job, _, _) => Task.FromResult<CheckOutcome>(File.Exists(Path.Combine(job.WorkFolder, "picture-0"))
            ? new CheckOutcome.Finished([new RemoteOutput { Kind = MediaKind.Image, WorkFile = "picture-0" }])
            : new CheckOutcome.Failed(ErrorCodes.AssetMissing, "It was lost."));
        var id = await _engine.AddAsync(Request);
        using var work = _engine.Work((await _engine.ClaimAsync()).Jobs.Single());
        var submitting = _engine.Steps.RunAsync(work);
        await _engine.UntilAsync(id, JobStatus.Submitting);
        _engine.Clock.Advance(Engine.Lease * 2);
        await _engine.ClaimAsync();
        answer.SetResult();
        await submitting;
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Running);

        GoOnElsewhere();

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    private void GoOnElsewhere() => _engine.Assets.OnWorkFolder = job => Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_engine.Folders.Workspace.Path)!, "elsewhere", job.Hex)).FullName;

    private async Task<Job> RunAsync(GenerationRequest request) => await _engine.RunAsync(await _engine.AddAsync(request));
}
