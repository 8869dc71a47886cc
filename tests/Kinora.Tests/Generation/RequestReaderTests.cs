using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>From a draft to what it asks, read and checked over a real catalogue with scripted providers.</summary>
public sealed class RequestReaderTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Read_SamePictureEncodedTwice_HasTheSameHash()
    {
        var draft = new GenerationDraft { Prompt = "a fox", FirstFrame = new ImageSource.Bytes("input_reference", "picture"u8.ToArray()) };
        var one = await _scene.ReadAsync(draft);
        var two = await _scene.ReadAsync(draft with { FirstFrame = new ImageSource.Bytes("reference", "picture"u8.ToArray()) });
        var other = await _scene.ReadAsync(draft with { FirstFrame = new ImageSource.Bytes("reference", "another"u8.ToArray()) });

        two.BodyHash.ShouldBe(one.BodyHash);
        other.BodyHash.ShouldNotBe(one.BodyHash);
    }

    [Fact]
    public async Task Read_BadPicture_NamesItsOwnField()
    {
        var refused = await _scene.RefusedAsync(new GenerationDraft { Prompt = "", FirstFrame = new ImageSource.Bytes("--reference", "bad"u8.ToArray()) });

        refused.Faults.Select(f => f.Field).ShouldBe(["--reference", "prompt"], ignoreOrder: true);
    }

    [Fact]
    public async Task Read_SourceOfAnother_IsAsUnknown()
    {
        var source = await _scene.Engine.AddAsync(new GenerationRequest { Prompt = "mine" });

        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "x", Operation = Operation.Remix, SourceId = source.Uuid }, new Caller("eve")))
            .Code.ShouldBe(ErrorCodes.NotFound);
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "x", Operation = Operation.Remix, SourceId = "../../etc" })).Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Theory]
    [InlineData(Operation.Remix)]
    [InlineData(Operation.Extend)]
    public async Task Read_NoSourceForARemix_IsAFault(Operation operation) =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "x", Operation = operation })).Faults.ShouldHaveSingleItem().Field.ShouldBe("id");

    [Fact]
    public async Task Read_SourceForAPlainCreate_IsAFault() =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "x", SourceId = "video_0123456789abcdef0123456789abcdef" }))
            .Faults.ShouldHaveSingleItem().Field.ShouldBe("id");
}
