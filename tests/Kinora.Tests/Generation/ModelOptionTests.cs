using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Wishes that only some models know.</summary>
public sealed class ModelOptionTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    private static GenerationDraft Draft => new() { Prompt = "a fox", Model = "live/relayed" };

    public ValueTask InitializeAsync()
    {
        _scene.Models.Add(_scene.Models[0] with
        {
            Id = "live/relayed",
            Options = [new ModelOption("watermark", "flag"), new ModelOption("character_url", "link", "character_timestamps"), new ModelOption("character_timestamps", "span", "character_url")],
        });
        return default;
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Check_KnownOptions_ArePassedOn_InOneOrder()
    {
        var one = await _scene.ReadAsync(Draft with { Options = Of(("watermark", "false"), ("character_url", "https://example.com/cat.mp4"), ("character_timestamps", "1,3.5")) });
        var other = await _scene.ReadAsync(Draft with { Options = Of(("character_timestamps", "1,3.5"), ("character_url", "https://example.com/cat.mp4"), ("watermark", "false")) });

        one.Request.Options!.Keys.ShouldBe(["character_timestamps", "character_url", "watermark"]);
        one.BodyHash.ShouldBe(other.BodyHash);
        one.BodyHash.ShouldNotBe((await _scene.ReadAsync(Draft)).BodyHash);
    }

    [Theory]
    [InlineData("speed", "1", "no option \"speed\"; it has watermark, character_url, character_timestamps")]
    [InlineData("watermark", "maybe", "watermark must be true or false")]
    [InlineData("character_url", "file:///etc/passwd", "must be an http or https address")]
    [InlineData("character_timestamps", "1,9", "1 to 3 seconds apart")]
    [InlineData("character_timestamps", "1,3", "goes together with character_url")]
    public async Task Check_WrongOption_IsRefused(string name, string value, string said)
    {
        var refused = await _scene.RefusedAsync(Draft with { Options = Of((name, value)) });

        refused.Faults.ShouldHaveSingleItem().Field.ShouldBe("options");
        refused.Message.ShouldContain(said);
    }

    [Fact]
    public async Task Check_ModelWithoutOptions_RefusesAll_AndNamesOneThatCan()
    {
        var refused = await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = "live/google/veo-3.1", Options = Of(("watermark", "true")) });

        refused.Faults.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        refused.Message.ShouldContain("Models that can: live/relayed");
    }

    private static Dictionary<string, string> Of(params (string Name, string Value)[] options) => options.ToDictionary(o => o.Name, o => o.Value);
}
