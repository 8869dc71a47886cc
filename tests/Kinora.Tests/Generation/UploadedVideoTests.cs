using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Requests that start from a video of the caller's own.</summary>
public sealed class UploadedVideoTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(Operation.Edit)]
    [InlineData(Operation.Extend)]
    public async Task ModelThatTakesUploads_GetsTheFile(Operation operation)
    {
        _scene.Models[0] = _scene.Models[0] with { Edit = true, TakesVideo = true };

        var read = await _scene.ReadAsync(Draft(operation));

        read.Request.Operation.ShouldBe(operation);
        read.Request.Source.ShouldBeNull();
        read.Request.SourceVideo!.Seconds.ShouldBe(8);
        File.Exists(await _scene.Engine.Assets.PathAsync(read.Request.SourceVideo, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (read.Request.Size, read.Request.Seconds).ShouldBe((null, operation == Operation.Edit ? null : 8.0));
    }

    [Fact]
    public async Task Extend_WhereUploadsAreNotTaken_GoesOnFromTheLastFrame()
    {
        _scene.Engine.Media.Video = _scene.Engine.Media.Video with { Width = 1080, Height = 606 };

        var read = await _scene.ReadAsync(Draft(Operation.Extend));

        read.Request.Operation.ShouldBe(Operation.Append);
        read.Request.FirstFrame.ShouldNotBeNull();
        read.Request.Size.ShouldBe(new FrameSize(1280, 720));
        read.Warnings.ShouldHaveSingleItem().ShouldContain("fitted to 1080x606");
    }

    [Fact]
    public async Task Hash_IsThatOfTheBytes()
    {
        var first = await _scene.ReadAsync(Draft(Operation.Extend));

        (await _scene.ReadAsync(Draft(Operation.Extend) with { SourceVideo = new VideoSource("clip", _scene.VideoFile()) })).BodyHash.ShouldBe(first.BodyHash);
        (await _scene.ReadAsync(Draft(Operation.Extend) with { SourceVideo = new VideoSource("video", _scene.VideoFile("another film")) })).BodyHash.ShouldNotBe(first.BodyHash);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("remix")]
    [InlineData("continue")]
    [InlineData("picture")]
    [InlineData("size")]
    [InlineData("bad")]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("long")]
    public async Task WhatCannotBe_IsAFault(string name)
    {
        if (name == "long")
        {
            _scene.Engine.Media.Video = _scene.Engine.Media.Video with { Seconds = 601 };
        }

        var draft = Draft(Operation.Extend);
        var refused = await _scene.RefusedAsync(name switch
        {
            "create" => draft with { Operation = Operation.Create },
            "remix" => draft with { Operation = Operation.Remix },
            "continue" => draft with { Operation = Operation.Continue },
            "picture" => draft with { Kind = MediaKind.Image, Operation = Operation.Create },
            "size" => draft with { Size = "1920x1080" },
            "bad" => draft with { SourceVideo = new VideoSource("video", _scene.VideoFile("bad film")) },
            "missing" => draft with { SourceVideo = new VideoSource("video", "/no/such/file.mp4") },
            "empty" => draft with { SourceVideo = new VideoSource("video", _scene.VideoFile("")) },
            _ => draft,
        });

        refused.Faults[0].Field.ShouldBe(name == "size" ? "size" : "video");
        refused.Faults[0].Code.ShouldBe(name is "bad" or "missing" or "empty" or "long" ? ErrorCodes.InvalidVideo : ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task IdAndUpload_AreRefusedTogether()
    {
        var source = await _scene.Engine.AddAsync(new GenerationRequest { Prompt = "mine" });

        (await _scene.RefusedAsync(Draft(Operation.Extend) with { SourceId = source.Uuid })).Faults.ShouldContain(f => f.Field == "video" && f.Text.Contains("not both"));
    }

    [Fact]
    public async Task TooLarge_IsRefusedUnread()
    {
        var path = _scene.VideoFile();
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(512_000_001);
        }

        var fault = (await _scene.RefusedAsync(Draft(Operation.Extend) with { SourceVideo = new VideoSource("video", path) })).Faults.ShouldHaveSingleItem();

        (fault.Code, fault.Text).ShouldBe((ErrorCodes.InvalidVideo, "video: The video has 512.0 MB; at most 512 MB are allowed."));
    }

    private GenerationDraft Draft(Operation operation) => new() { Prompt = "on", Operation = operation, SourceVideo = new VideoSource("video", _scene.VideoFile()) };
}
