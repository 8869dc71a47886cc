using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>From what is asked to a checked request, over a real catalogue with scripted providers.</summary>
public sealed class RequestCheckTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Read_OnlyAPrompt_IsFilledInFromTheFirstLiveModel()
    {
        var read = await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox" });

        read.Request.Model.ShouldBe("live/google/veo-3.1");
        read.Request.Size.ShouldBe(new FrameSize(1280, 720));
        read.Request.Seconds.ShouldBe(8);
        read.EstimateUsd.ShouldBe(3.2m);
        read.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sora-2")]
    [InlineData("sora-2-pro")]
    public async Task Read_RetiredName_StandsForTheDefaultAndSaysSo(string name)
    {
        var read = await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox", Model = name });

        read.Request.Model.ShouldBe("live/google/veo-3.1");
        read.Warnings.ShouldHaveSingleItem().ShouldBe($"{name} stands for live/google/veo-3.1 here.");
    }

    [Fact]
    public async Task Read_WithoutALiveModel_TheBuiltInRendererIsTheDefault()
    {
        _scene.Models.Clear();

        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
    }

    [Fact]
    public async Task Read_OperatorsAliasAndDefault_Count()
    {
        _scene.Options = new CatalogOptions { Default = ModelCatalog.BuiltIn, Aliases = new Dictionary<string, string?> { ["veo"] = "live/google/veo-3.1", ["sora-2"] = null } };

        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox", Model = "sora-2" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox", Model = "veo" })).Request.Model.ShouldBe("live/google/veo-3.1");
    }

    [Fact]
    public async Task Read_UnknownModel_NamesNearOnesAndTheOtherFaultsToo()
    {
        var refused = await _scene.RefusedAsync(new GenerationDraft
        {
            Prompt = "",
            Model = "live/google/veo-3",
            Size = "big",
            Seconds = -1,
            IdempotencyKey = "",
            MaxCostUsd = -1,
        });

        refused.Code.ShouldBe(ErrorCodes.ModelNotFound);
        refused.Faults.Select(f => f.Field).ShouldBe(["model", "size", "idempotency_key", "prompt", "seconds", "max_cost_usd"], ignoreOrder: true);
        refused.Faults.Single(f => f.Field == "model").Text.ShouldContain("Near ones: live/google/veo-3.1");
    }

    [Fact]
    public async Task Read_LongModelName_IsNotRepeatedInFull() =>
        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = new string('x', 50_000) })).Message.Length.ShouldBeLessThan(500);

    [Theory]
    [InlineData(3.2, true)]
    [InlineData(3.19, false)]
    [InlineData(0.0, false)]
    public async Task Read_HighestCost_IsKept(double most, bool allowed)
    {
        var draft = new GenerationDraft { Prompt = "a fox", MaxCostUsd = (decimal)most };

        if (allowed)
        {
            await _scene.ReadAsync(draft);
        }
        else
        {
            (await _scene.RefusedAsync(draft)).Code.ShouldBe(ErrorCodes.BudgetExceeded);
        }
    }

    [Fact]
    public async Task Read_HighestCostAtAnUnknownPrice_IsRefused()
    {
        _scene.Models[0] = _scene.Models[0] with { Price = null };

        (await _scene.RefusedAsync(new GenerationDraft { Prompt = "a fox", MaxCostUsd = 100 })).Code.ShouldBe(ErrorCodes.BudgetExceeded);
        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox" })).EstimateUsd.ShouldBeNull();
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(30, 1)]
    [InlineData(1, 1)]
    public async Task Read_RetirementAhead_IsWarnedThirtyDaysBefore(int days, int warnings)
    {
        _scene.Models[0] = _scene.Models[0] with { RetiresOn = DateOnly.FromDateTime(_scene.Engine.Clock.Now.UtcDateTime).AddDays(days) };

        (await _scene.ReadAsync(new GenerationDraft { Prompt = "a fox" })).Warnings.Count.ShouldBe(warnings);
    }

    [Fact]
    public async Task Read_ExtensionInAnotherSize_IsAFault()
    {
        var source = TestJobs.From(
            new GenerationRequest { Prompt = "x", Model = "live/google/veo-3.1", Size = new FrameSize(1280, 720) }, _scene.Engine.Clock.Now, provider: "live")
            with
        { Model = "live/google/veo-3.1" };
        await _scene.Engine.Store.CreateAsync(new NewJob(source, null), Cancel);
        (await _scene.Engine.RunAsync(source.Id)).Status.ShouldBe(JobStatus.Completed);
        var draft = new GenerationDraft { Prompt = "on", Operation = Operation.Extend, SourceId = source.Id.Uuid };

        (await _scene.ReadAsync(draft)).Request.Size.ShouldBe(new FrameSize(1280, 720));
        (await _scene.ReadAsync(draft with { Size = "1280x720" })).Request.Size.ShouldBe(new FrameSize(1280, 720));
        (await _scene.RefusedAsync(draft with { Size = "1920x1080" })).Faults.ShouldHaveSingleItem().Field.ShouldBe("size");
    }
}
