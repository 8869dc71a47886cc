using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>An extension asked of a model that has none.</summary>
public sealed class AppendingTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Extend_WhereTheModelExtends_StaysAndKeepsTheFileOfItsSource()
    {
        var source = await SourceAsync();

        var read = await _scene.ReadAsync(Extend(source));

        read.Request.Operation.ShouldBe(Operation.Extend);
        read.Request.FirstFrame.ShouldBeNull();
        read.Request.SourceVideo!.Sha256.ShouldBe(source.Assets.Single(a => a.Role == AssetRole.Video).Sha256);
        read.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Extend_WhereItTakesAFirstFrame_BecomesANewClipFromTheLastFrame()
    {
        CannotExtend();
        var source = await SourceAsync();

        var read = await _scene.ReadAsync(Extend(source) with { Seconds = 4 });

        read.Request.Operation.ShouldBe(Operation.Append);
        read.Request.Source.ShouldBe(source.Id);
        (read.Request.Size, read.Request.Seconds).ShouldBe((new FrameSize(1280, 720), 4));
        (read.Request.FirstFrame!.Width, read.Request.FirstFrame.Height).ShouldBe((1280, 720));
        read.Request.SourceVideo.ShouldBe(new InputVideo(source.Assets.Single(a => a.Role == AssetRole.Video).Sha256, "video/mp4", 1280, 720, 8));
        read.EstimateUsd.ShouldBe(1.6m, "only the new part is paid");
        read.Warnings.ShouldHaveSingleItem().ShouldBe(
            "live/google/veo-3.1 has no extension of its own: a new clip of 4 s begins with the last frame of the video and is joined behind it; picture and sound may jump there.");
    }

    [Fact]
    public async Task Extend_WithoutALength_MakesTheModelsOwn()
    {
        CannotExtend();

        (await _scene.ReadAsync(Extend(await SourceAsync()))).Request.Seconds.ShouldBe(8);
    }

    [Fact]
    public async Task Extend_HashIsOverWhatWasAsked()
    {
        var source = await SourceAsync();
        var native = await _scene.ReadAsync(Extend(source));
        CannotExtend();

        (await _scene.ReadAsync(Extend(source))).BodyHash.ShouldBe(native.BodyHash);
    }

    [Fact]
    public async Task Extend_OfASizeTheModelDoesNotMake_TakesTheNearestAndSaysSo()
    {
        CannotExtend();
        _scene.Engine.Media.Video = _scene.Engine.Media.Video with { Width = 3840, Height = 2160 };

        var read = await _scene.ReadAsync(Extend(await SourceAsync()));

        read.Request.Size.ShouldBe(new FrameSize(1920, 1080));
        read.Warnings.ShouldHaveSingleItem().ShouldEndWith("It is made in 1920x1080 and fitted to 3840x2160.");
    }

    [Fact]
    public async Task Extend_WhereSizesAreNotKnown_AsksForThatOfTheSource()
    {
        CannotExtend();
        _scene.Models[0] = _scene.Models[0] with { Sizes = null };
        _scene.Engine.Media.Video = _scene.Engine.Media.Video with { Width = 854, Height = 480 };

        (await _scene.ReadAsync(Extend(await SourceAsync()))).Request.Size.ShouldBe(new FrameSize(854, 480));
    }

    [Fact]
    public async Task Extend_WithNeither_IsRefused()
    {
        CannotExtend();
        _scene.Models[0] = _scene.Models[0] with { FirstFrame = false };

        var refused = await _scene.RefusedAsync(Extend(await SourceAsync()));

        refused.Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        refused.Message.ShouldContain("cannot extend a video");
    }

    [Theory]
    [InlineData("size")]
    [InlineData("seconds")]
    [InlineData("reference")]
    public async Task Extend_WhatCannotBe_IsAFaultOfItsField(string field)
    {
        CannotExtend();
        var draft = Extend(await SourceAsync());

        var refused = await _scene.RefusedAsync(field switch
        {
            "size" => draft with { Size = "1920x1080" },
            "seconds" => draft with { Seconds = 5 },
            _ => draft with { FirstFrame = new ImageSource.Bytes("--reference", "picture"u8.ToArray()) },
        });

        refused.Faults.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    private void CannotExtend() => _scene.Models[0] = _scene.Models[0] with { Extend = false };

    private static GenerationDraft Extend(Job source) => new() { Prompt = "on", Operation = Operation.Extend, SourceId = source.Id.Uuid };

    private async Task<Job> SourceAsync()
    {
        var request = new GenerationRequest { Prompt = "x", Model = "live/google/veo-3.1", Size = new FrameSize(1280, 720) };
        var job = TestJobs.From(request, _scene.Engine.Clock.Now, provider: "live") with { Model = "live/google/veo-3.1" };
        await _scene.Engine.Store.CreateAsync(new NewJob(job, null), Cancel);
        return await _scene.Engine.RunAsync(job.Id);
    }
}
