using Kinora.Catalog;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>What a refusal says of the other models.</summary>
public sealed class OtherModelsTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    public ValueTask InitializeAsync()
    {
        _scene.Models.AddRange(
        [
            Model("live/seeded") with { Seed = true },
            Model("live/old") with { Seed = true, RetiresOn = new DateOnly(2020, 1, 1) },
            Model("live/pictures") with { Seed = true, Kinds = [MediaKind.Image] },
        ]);
        return default;
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Refusal_NamesLiveModelsOfTheKindThatCan() =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Seed = 1 })).Message.ShouldBe("live/google/veo-3.1 takes no seed. Models that can: live/seeded.");

    [Fact]
    public async Task Refusal_NamesThreeAtMost()
    {
        _scene.Models.AddRange(Enumerable.Range(1, 5).Select(n => Model($"live/m{n}") with { Seed = true }));

        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Seed = 1 })).Message.ShouldEndWith("Models that can: live/seeded, live/m1, live/m2.");
    }

    [Fact]
    public async Task Refusal_NobodyCan_NamesNobody() =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", NegativePrompt = "dogs" })).Message.ShouldBe("live/google/veo-3.1 takes no negative prompt.");

    [Fact]
    public async Task Refusal_OfManyFields_NamesForEachWhoCanThat()
    {
        _scene.Models.Add(Model("live/long") with { Durations = DurationRule.OneOf(20, 20) });

        var refused = await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Seed = 1, Seconds = 20, Size = "nonsense" });

        refused.Faults.Single(f => f.Field == "seed").Text.ShouldEndWith("Models that can: live/seeded.");
        refused.Faults.Single(f => f.Field == "seconds").Text.ShouldEndWith("Models that can: live/seeded, live/long, animatic/storyboard.");
        refused.Faults.Single(f => f.Field == "size").Text.ShouldNotContain("Models that can");
    }

    [Fact]
    public async Task Refusal_OfARetiredModel_NamesItsSuccessorAlone()
    {
        _scene.Models[2] = _scene.Models[2] with { Replacement = "live/seeded" };

        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = "live/old" })).Message.ShouldBe("live/old was retired on 2020-01-01. Use live/seeded.");
    }

    [Fact]
    public async Task Refusal_OfAnUpload_NamesModelsThatTakeIt_AndThoseThatGoOnFromItsLastFrame()
    {
        _scene.Models.AddRange([Model("live/edits") with { Edit = true, TakesVideo = true }, Model("live/starts") with { FirstFrame = true }]);
        _scene.Models[0] = _scene.Models[0] with { FirstFrame = false };
        var draft = new GenerationDraft { Prompt = "on", Operation = Operation.Edit, SourceVideo = new VideoSource("video", _scene.VideoFile()) };

        (await _scene.RefusedAsync(draft)).Message.ShouldBe("live/google/veo-3.1 cannot edit a video. Models that can: live/edits.");
        (await _scene.RefusedAsync(draft with { Operation = Operation.Extend })).Message.ShouldBe(
            "live/google/veo-3.1 cannot extend an uploaded video. Models that can: live/starts.");
    }

    private static ModelInfo Model(string id) => new() { Id = id, Title = id, Source = "test" };
}
