using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>From a draft to a checked request, over a real catalogue with scripted providers.</summary>
public sealed class RequestReaderTests : IAsyncLifetime
{
    private static readonly Caller Ann = new("ann");

    private readonly Engine _engine = new(new FakeProvider("live"), new FakeProvider("animatic"));
    private CatalogOptions _options = new();

    public RequestReaderTests()
    {
        _engine.All[0].Models.Clear();
        _engine.All[0].Models.Add(new ModelInfo
        {
            Id = "live/google/veo-3.1",
            Title = "Veo",
            Source = "test",
            Durations = DurationRule.OneOf(8, 4, 6, 8),
            Sizes = new SizeRule { Allowed = [new FrameSize(1280, 720), new FrameSize(1920, 1080)], Default = new FrameSize(1280, 720) },
            Price = new Price(0.4m, PriceUnit.Second),
            FirstFrame = true,
            Remix = true,
            Extend = true,
        });
        _engine.All[1].Models.Clear();
        _engine.All[1].Models.Add(new ModelInfo { Id = ModelCatalog.BuiltIn, Title = "Storyboard", Source = "test", Generative = false, Kinds = [MediaKind.Video, MediaKind.Image] });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private List<ModelInfo> Models => _engine.All[0].Models;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Read_OnlyAPrompt_IsFilledInFromTheFirstLiveModel()
    {
        var read = await ReadAsync(new GenerationDraft { Prompt = "a fox" });

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
        var read = await ReadAsync(new GenerationDraft { Prompt = "a fox", Model = name });

        read.Request.Model.ShouldBe("live/google/veo-3.1");
        read.Warnings.ShouldHaveSingleItem().ShouldBe($"{name} stands for live/google/veo-3.1 here.");
    }

    [Fact]
    public async Task Read_WithoutALiveModel_TheBuiltInRendererIsTheDefault()
    {
        Models.Clear();

        (await ReadAsync(new GenerationDraft { Prompt = "a fox" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
    }

    [Fact]
    public async Task Read_OperatorsAliasAndDefault_Count()
    {
        _options = new CatalogOptions { Default = ModelCatalog.BuiltIn, Aliases = new Dictionary<string, string?> { ["veo"] = "live/google/veo-3.1", ["sora-2"] = null } };

        (await ReadAsync(new GenerationDraft { Prompt = "a fox" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
        (await ReadAsync(new GenerationDraft { Prompt = "a fox", Model = "sora-2" })).Request.Model.ShouldBe(ModelCatalog.BuiltIn);
        (await ReadAsync(new GenerationDraft { Prompt = "a fox", Model = "veo" })).Request.Model.ShouldBe("live/google/veo-3.1");
    }

    [Fact]
    public async Task Read_UnknownModel_NamesNearOnesAndTheOtherFaultsToo()
    {
        var refused = await RefusedAsync(new GenerationDraft
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
        (await RefusedAsync(new GenerationDraft { Prompt = "a fox", Model = new string('x', 50_000) })).Message.Length.ShouldBeLessThan(500);

    [Theory]
    [InlineData(3.2, true)]
    [InlineData(3.19, false)]
    [InlineData(0.0, false)]
    public async Task Read_HighestCost_IsKept(double most, bool allowed)
    {
        var draft = new GenerationDraft { Prompt = "a fox", MaxCostUsd = (decimal)most };

        if (allowed)
        {
            await ReadAsync(draft);
        }
        else
        {
            (await RefusedAsync(draft)).Code.ShouldBe(ErrorCodes.BudgetExceeded);
        }
    }

    [Fact]
    public async Task Read_HighestCostAtAnUnknownPrice_IsRefused()
    {
        Models[0] = Models[0] with { Price = null };

        (await RefusedAsync(new GenerationDraft { Prompt = "a fox", MaxCostUsd = 100 })).Code.ShouldBe(ErrorCodes.BudgetExceeded);
        (await ReadAsync(new GenerationDraft { Prompt = "a fox" })).EstimateUsd.ShouldBeNull();
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(30, 1)]
    [InlineData(1, 1)]
    public async Task Read_RetirementAhead_IsWarnedThirtyDaysBefore(int days, int warnings)
    {
        Models[0] = Models[0] with { RetiresOn = DateOnly.FromDateTime(_engine.Clock.Now.UtcDateTime).AddDays(days) };

        (await ReadAsync(new GenerationDraft { Prompt = "a fox" })).Warnings.Count.ShouldBe(warnings);
    }

    [Fact]
    public async Task Read_SamePictureEncodedTwice_HasTheSameHash()
    {
        var draft = new GenerationDraft { Prompt = "a fox", FirstFrame = new ImageSource.Bytes("input_reference", "picture"u8.ToArray()) };
        var one = await ReadAsync(draft);
        var two = await ReadAsync(draft with { FirstFrame = new ImageSource.Bytes("reference", "picture"u8.ToArray()) });
        var other = await ReadAsync(draft with { FirstFrame = new ImageSource.Bytes("reference", "another"u8.ToArray()) });

        two.BodyHash.ShouldBe(one.BodyHash);
        other.BodyHash.ShouldNotBe(one.BodyHash);
    }

    [Fact]
    public async Task Read_BadPicture_NamesItsOwnField()
    {
        var refused = await RefusedAsync(new GenerationDraft { Prompt = "", FirstFrame = new ImageSource.Bytes("--reference", "bad"u8.ToArray()) });

        refused.Faults.Select(f => f.Field).ShouldBe(["--reference", "prompt"], ignoreOrder: true);
    }

    [Fact]
    public async Task Read_SourceOfAnother_IsAsUnknown()
    {
        var source = await _engine.AddAsync(new GenerationRequest { Prompt = "mine" });

        (await RefusedAsync(new GenerationDraft { Prompt = "x", Operation = Operation.Remix, SourceId = source.Uuid }, new Caller("eve")))
            .Code.ShouldBe(ErrorCodes.NotFound);
        (await RefusedAsync(new GenerationDraft { Prompt = "x", Operation = Operation.Remix, SourceId = "../../etc" })).Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Theory]
    [InlineData(Operation.Remix)]
    [InlineData(Operation.Extend)]
    public async Task Read_NoSourceForARemix_IsAFault(Operation operation) =>
        (await RefusedAsync(new GenerationDraft { Prompt = "x", Operation = operation })).Faults.ShouldHaveSingleItem().Field.ShouldBe("id");

    [Fact]
    public async Task Read_SourceForAPlainCreate_IsAFault() =>
        (await RefusedAsync(new GenerationDraft { Prompt = "x", SourceId = "video_0123456789abcdef0123456789abcdef" }))
            .Faults.ShouldHaveSingleItem().Field.ShouldBe("id");

    [Fact]
    public async Task Read_ExtensionInAnotherSize_IsAFault()
    {
        var source = TestJobs.From(
            new GenerationRequest { Prompt = "x", Model = "live/google/veo-3.1", Size = new FrameSize(1280, 720) }, _engine.Clock.Now, provider: "live")
            with
        { Model = "live/google/veo-3.1" };
        await _engine.Store.CreateAsync(new NewJob(source, null), Cancel);
        (await _engine.RunAsync(source.Id)).Status.ShouldBe(JobStatus.Completed);
        var draft = new GenerationDraft { Prompt = "on", Operation = Operation.Extend, SourceId = source.Id.Uuid };

        (await ReadAsync(draft)).Request.Size.ShouldBe(new FrameSize(1280, 720));
        (await ReadAsync(draft with { Size = "1280x720" })).Request.Size.ShouldBe(new FrameSize(1280, 720));
        (await RefusedAsync(draft with { Size = "1920x1080" })).Faults.ShouldHaveSingleItem().Field.ShouldBe("size");
    }

    private RequestReader Reader() => new(
        new ModelCatalog(_engine.Providers, _options),
        _engine.Store,
        new MadePictures(_engine.Store, _engine.Assets),
        new ReferenceImporter(_engine.Media, _engine.Assets, new SystemRandomBytes(), TestFolders.None, new FakeUrls()),
        _engine.Clock);

    private Task<ReadRequest> ReadAsync(GenerationDraft draft) => Reader().ReadAsync(Ann, draft, Cancel);

    private Task<KinoraException> RefusedAsync(GenerationDraft draft, Caller? caller = null) =>
        Should.ThrowAsync<KinoraException>(() => Reader().ReadAsync(caller ?? Ann, draft, Cancel));
}
