using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.References;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Going on from a video: by its model, or from its last frame.</summary>
public sealed class ContinuationTests : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");

    private readonly Engine _engine = new();
    private readonly GenerationService _service;
    private readonly Continuation _continuation;
    private readonly List<Submission> _sent = [];

    public ContinuationTests()
    {
        var provider = _engine.All[0];
        provider.Models.Clear();
        provider.Models.AddRange([Model("fake/grows", extend: true), Model("fake/begins", extend: false)]);
        var submit = provider.OnSubmit;
        provider.OnSubmit = (submission, cancel) =>
        {
            _sent.Add(submission);
            return submit(submission, cancel);
        };
        var random = new SystemRandomBytes();
        var catalog = new ModelCatalog(_engine.Providers, new CatalogOptions());
        var importer = new ReferenceImporter(_engine.Media, _engine.Assets, random, TestFolders.None, new FakeUrls());
        var reader = _engine.NewReader(importer);
        _service = new GenerationService(
            reader, _engine.NewCheck(catalog, importer), _engine.Providers, _engine.Store, _engine.Assets, _engine.Media, new FakeLimits(), random, _engine.Clock);
        _continuation = new Continuation(_service, catalog);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData("fake/grows", null, ContinuationWay.Best, Operation.Extend)]
    [InlineData("fake/grows", "fake/grows", ContinuationWay.Best, Operation.Extend)]
    [InlineData("fake/grows", "fake/begins", ContinuationWay.Best, Operation.Continue)]
    [InlineData("fake/begins", "fake/grows", ContinuationWay.Best, Operation.Continue)]
    [InlineData("fake/grows", null, ContinuationWay.LastFrame, Operation.Continue)]
    [InlineData("fake/begins", null, ContinuationWay.Extend, Operation.Extend)]
    public async Task Draft_ByModelAndWish(string before, string? asked, ContinuationWay way, Operation operation)
    {
        var source = await MakeAsync(new GenerationDraft { Prompt = "a fox", Model = before });

        var draft = await _continuation.DraftAsync(Ann, source.PublicId, new GenerationDraft { Prompt = "it jumps", Model = asked }, way, Cancel);

        draft.Operation.ShouldBe(operation);
        draft.SourceId.ShouldBe(source.PublicId);
    }

    [Fact]
    public async Task Draft_OfAnother_IsUnknown()
    {
        var source = await MakeAsync(new GenerationDraft { Prompt = "a fox" });

        (await Should.ThrowAsync<KinoraException>(() => _continuation.DraftAsync(new Caller("eve"), source.PublicId, new GenerationDraft { Prompt = "x" }, ContinuationWay.Best, Cancel)))
            .Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Continue_SendsAPlainCreateWithTheLastFrame_AndKeepsTheLineage()
    {
        var source = await MakeAsync(new GenerationDraft { Prompt = "a fox", Model = "fake/begins" });

        var made = await MakeAsync(new GenerationDraft { Prompt = "it jumps", Operation = Operation.Continue, SourceId = source.PublicId });

        made.Status.ShouldBe(JobStatus.Completed, made.ErrorText);
        made.SourceId.ShouldBe(source.Id);
        made.Request.Operation.ShouldBe(Operation.Continue);
        made.Request.Size.ShouldBe(source.Request.Size);
        made.Request.Seconds.ShouldBe(source.Request.Seconds);
        _sent[^1].Request.Operation.ShouldBe(Operation.Create);
        _sent[^1].Request.FirstFrame.ShouldNotBeNull();
        _sent[^1].Source.ShouldBeNull();
    }

    [Fact]
    public async Task Continue_OfAnOpenVideo_IsRefused()
    {
        var open = (await _service.SubmitAsync(Ann, new GenerationDraft { Prompt = "a fox" }, Cancel)).Job;

        var refused = await Should.ThrowAsync<KinoraException>(
            () => _service.SubmitAsync(Ann, new GenerationDraft { Prompt = "it jumps", Operation = Operation.Continue, SourceId = open.PublicId }, Cancel));

        refused.Faults.ShouldContain(f => f.Code == ErrorCodes.NotReady);
    }

    private async Task<Job> MakeAsync(GenerationDraft draft) => await _engine.RunAsync((await _service.SubmitAsync(Ann, draft, Cancel)).Job.Id);

    private static ModelInfo Model(string id, bool extend) => new()
    {
        Id = id,
        Title = id,
        Source = "test",
        FirstFrame = true,
        Extend = extend,
        Durations = DurationRule.OneOf(8, 4, 8),
        Sizes = new SizeRule { Allowed = [new FrameSize(1280, 720)], Default = new FrameSize(1280, 720) },
    };
}
