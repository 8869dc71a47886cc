using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary><c>model: "a|b"</c>: each is checked before anything is stored.</summary>
public sealed class ModelChoiceTests : IAsyncLifetime
{
    private const string Veo = "live/google/veo-3.1";

    private readonly RequestScene _scene = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Check_TwoModels_EachGetsItsOwnDefaults_AndTheDearestIsReserved()
    {
        _scene.Models.Add(_scene.Models[0] with { Id = "live/long", Durations = DurationRule.OneOf(20, 20), Price = new Price(1, PriceUnit.Second) });

        var ready = await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox", Model = $"{Veo} | live/long" });

        (ready.Model.Model.Id, ready.Request.Model, ready.Request.Seconds, ready.EstimateUsd).ShouldBe((Veo, Veo, 8, 3.2m));
        var next = ready.Alternatives.ShouldHaveSingleItem();
        (next.Provider, next.Model, next.Request.Model, next.Request.Seconds, next.EstimateUsd).ShouldBe(("live", "live/long", "live/long", 20, 20));
        (ready.Request.AskedModel, next.Request.AskedModel, ready.MostUsd).ShouldBe(($"{Veo} | live/long", $"{Veo} | live/long", 20));
    }

    [Fact]
    public async Task Check_APriceThatIsNotKnown_MakesTheWholeUnknown()
    {
        _scene.Models.Add(_scene.Models[0] with { Id = "live/long", Price = null });

        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox", Model = $"{Veo}|live/long" })).MostUsd.ShouldBeNull();
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = $"{Veo}|live/long", MaxCostUsd = 5 })).Code.ShouldBe(ErrorCodes.BudgetExceeded);
    }

    [Fact]
    public async Task Check_FaultsOfEveryModel_AreToldAtOnce()
    {
        var refused = await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = $"{Veo}|{ModelCatalog.BuiltIn}|live/nothing", Seconds = 5, Seed = 7 });

        refused.Faults.Select(f => f.Field).ShouldBe(["seconds", "seed", "seed", "model"]);
        refused.Message.ShouldContain(Veo + " makes 4, 6, 8 seconds");
        refused.Message.ShouldContain(ModelCatalog.BuiltIn + " takes no seed");
        refused.Message.ShouldContain("live/nothing");
    }

    [Theory]
    [InlineData("a|")]
    [InlineData("|")]
    [InlineData("a||b")]
    [InlineData("a|b|a")]
    [InlineData("a|b|c|d|e|f")]
    public async Task Check_NotAChoice_IsRefused(string model) =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = model })).Faults.ShouldHaveSingleItem().Text.ShouldContain("a|b|c");
}
