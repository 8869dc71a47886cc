using Kinora.Budgets;
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

/// <summary>The one door.</summary>
public sealed class GenerationServiceTests : IAsyncLifetime
{
    private static readonly Caller Ann = new("ann");
    private static readonly GenerationDraft Draft = new() { Prompt = "a fox", IdempotencyKey = "key" };

    private readonly Engine _engine = new();
    private readonly FakeLimits _limits = new();
    private readonly GenerationService _service;

    public GenerationServiceTests()
    {
        var random = new SystemRandomBytes();
        var importer = new ReferenceImporter(_engine.Media, _engine.Assets, random, TestFolders.None, new FakeUrls());
        var reader = _engine.NewReader(importer);
        var check = _engine.NewCheck(new ModelCatalog(_engine.Providers, new CatalogOptions()), importer);
        _service = new GenerationService(reader, check, _engine.Providers, _engine.Store, _engine.Assets, _engine.Media, _limits, random, _engine.Clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Submit_SameKeyTwice_ReturnsFirstJob()
    {
        var first = await _service.SubmitAsync(Ann, Draft, Cancel);
        var second = await _service.SubmitAsync(Ann, Draft, Cancel);

        second.AlreadyThere.ShouldBeTrue();
        second.Job.Id.ShouldBe(first.Job.Id);
        (await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft with { Prompt = "a dog" }, Cancel)))
            .Code.ShouldBe(ErrorCodes.IdempotencyKeyReused);
    }

    [Fact]
    public async Task Submit_SameKeyWhenANewRequestWouldBeRefused_StillReturnsFirstJob()
    {
        var first = await _service.SubmitAsync(Ann, Draft, Cancel);
        _engine.Assets.Free = 0;
        _engine.Media.MissingText = "ffmpeg is missing.";

        (await _service.SubmitAsync(Ann, Draft, Cancel)).Job.Id.ShouldBe(first.Job.Id);
    }

    [Fact]
    public async Task Submit_RefusedRequest_DoesNotUseUpItsKey()
    {
        await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft with { Prompt = "" }, Cancel));

        (await _service.SubmitAsync(Ann, Draft, Cancel)).AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Submit_RepeatOfAJobWhoseFateIsUnknown_IsThatJob_UntilTheWindowIsOver()
    {
        _engine.Provider.Submit(new SubmitOutcome.Unknown("no answer"));
        var draft = Draft with { IdempotencyKey = null, MergeRepeats = true };
        var first = await _service.SubmitAsync(Ann, draft, Cancel);
        (await _engine.RunAsync(first.Job.Id)).Status.ShouldBe(JobStatus.SubmissionUnknown);

        var again = await _service.SubmitAsync(Ann, draft, Cancel);
        _engine.Clock.AdvanceTo(_engine.Clock.Now + GenerationService.RepeatWindow + TimeSpan.FromSeconds(1));
        var later = await _service.SubmitAsync(Ann, draft, Cancel);

        (again.AlreadyThere, again.Job.Id).ShouldBe((true, first.Job.Id));
        later.AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Submit_SentAgainByTheClient_IsTheFirstJobAlsoAfterItsEnd_UntilTheWindowIsOver()
    {
        var draft = Draft with { IdempotencyKey = null };
        var first = await _service.SubmitAsync(Ann, draft, Cancel);
        await _service.CancelAsync(Ann, first.Job.Id.Uuid, Cancel);

        var resent = await _service.SubmitAsync(Ann, draft with { Resent = true }, Cancel);
        var others = await _service.SubmitAsync(new Caller("eve"), draft with { Resent = true }, Cancel);
        var another = await _service.SubmitAsync(Ann, draft with { Resent = true, Prompt = "a dog" }, Cancel);
        _engine.Clock.AdvanceTo(_engine.Clock.Now + GenerationService.ResendWindow + TimeSpan.FromSeconds(1));
        var later = await _service.SubmitAsync(Ann, draft with { Resent = true }, Cancel);

        (resent.AlreadyThere, resent.Job.Id, resent.Job.Status).ShouldBe((true, first.Job.Id, JobStatus.Cancelled));
        (others.AlreadyThere, another.AlreadyThere, later.AlreadyThere).ShouldBe((false, false, false));
    }

    [Fact]
    public async Task Submit_SentAgainManyTimesAtOnce_MakesOneJob()
    {
        var draft = Draft with { IdempotencyKey = null, Resent = true };

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _service.SubmitAsync(Ann, draft, Cancel)));

        all.Select(r => r.Job.Id).Distinct().ShouldHaveSingleItem();
        all.Count(r => !r.AlreadyThere).ShouldBe(1);
    }

    [Fact]
    public async Task Submit_NoRoomOrNoTools_IsRefusedBeforeAnythingIsStored()
    {
        _engine.Assets.Free = 0;
        (await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft, Cancel))).Code.ShouldBe(ErrorCodes.StorageFull);
        _engine.Assets.Free = long.MaxValue;
        _engine.Media.MissingText = "ffmpeg is missing.";
        (await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft, Cancel))).Code.ShouldBe(ErrorCodes.MediaToolMissing);

        (await _engine.Store.CountOpenAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task EveryCall_ForeignAndUnknownIds_AreRefusedAlike()
    {
        var id = (await _service.SubmitAsync(Ann, Draft, Cancel)).Job.Id.Uuid;
        var eve = new Caller("eve");
        string[] ids = [id, "video_00000000000000000000000000000000", "nonsense", ""];
        Func<string, Task>[] calls =
        [
            i => _service.GetAsync(eve, i, Cancel), i => _service.CancelAsync(eve, i, Cancel), i => _service.DeleteAsync(eve, i, Cancel),
            i => _service.LookAgainAsync(eve, i, Cancel), i => _service.WaitAsync(eve, i, _ => { }, Cancel),
        ];

        foreach (var call in calls)
        {
            var texts = new HashSet<string>();
            foreach (var asked in ids)
            {
                var refused = await Should.ThrowAsync<KinoraException>(() => call(asked));
                refused.Code.ShouldBe(ErrorCodes.NotFound);
                texts.Add(refused.Message);
            }

            texts.ShouldHaveSingleItem();
        }

        (await _service.ListAsync(eve, new JobQuery("ann", 10), Cancel)).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_QueuedThenDelete_LeavesNothing()
    {
        var id = (await _service.SubmitAsync(Ann, Draft, Cancel)).Job.Id;
        (await Should.ThrowAsync<KinoraException>(() => _service.DeleteAsync(Ann, id.Uuid, Cancel))).Code.ShouldBe(ErrorCodes.NotTerminal);

        (await _service.CancelAsync(Ann, id.Uuid, Cancel)).Status.ShouldBe(JobStatus.Cancelled);
        await _service.DeleteAsync(Ann, id.Uuid, Cancel);

        (await Should.ThrowAsync<KinoraException>(() => _service.GetAsync(Ann, id.Uuid, Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
        await _engine.PassAsync();
        _engine.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_RunningAtAProviderThatCannot_SaysThatItGoesOn()
    {
        _engine.Provider.Check(new CheckOutcome.Running(null, "running"));
        var id = (await _service.SubmitAsync(Ann, Draft, Cancel)).Job.Id;
        await _engine.PassAsync();

        var refused = await Should.ThrowAsync<KinoraException>(() => _service.CancelAsync(Ann, id.Uuid, Cancel));

        refused.Message.ShouldContain("goes on");
        (await _engine.GetAsync(id)).CancelRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_TellsChangesAndReturnsTheEnd()
    {
        var id = (await _service.SubmitAsync(Ann, Draft, Cancel)).Job.Id;
        var seen = new List<JobStatus>();
        await using var runner = _engine.StartRunner();
        var waiting = _service.WaitAsync(Ann, id.Hex, job => seen.Add(job.Status), Cancel);
        while (!waiting.IsCompleted)
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancel);
        }

        (await waiting).Status.ShouldBe(JobStatus.Completed);
        seen[^1].ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Submit_BeyondTheBudget_IsRefusedAndNothingIsStored()
    {
        _engine.All[0].Models[0] = _engine.All[0].Models[0] with { Price = new Price(2, PriceUnit.Job) };
        _limits.Limit = new SpendLimit(DailyUsd: 3, MonthlyUsd: null);
        await _service.SubmitAsync(Ann, Draft, Cancel);

        var refused = await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft with { IdempotencyKey = "other" }, Cancel));

        refused.Code.ShouldBe(ErrorCodes.BudgetExceeded);
        (await _service.SubmitAsync(Ann, Draft, Cancel)).AlreadyThere.ShouldBeTrue();
        (await _engine.Store.SpendAsync(Ann.UserId, null, Cancel)).ReservedUsd.ShouldBe(2);
    }

    [Fact]
    public async Task Submit_UnknownPriceBesideABudget_IsRefusedUnlessItIsCountedAsSomething()
    {
        _limits.Limit = new SpendLimit(DailyUsd: 3, MonthlyUsd: null);
        (await Should.ThrowAsync<KinoraException>(() => _service.SubmitAsync(Ann, Draft, Cancel))).Code.ShouldBe(ErrorCodes.BudgetExceeded);

        _limits.Limit = _limits.Limit with { UnknownPriceUsd = 1.5m };
        await _service.SubmitAsync(Ann, Draft, Cancel);

        (await _engine.Store.SpendAsync(Ann.UserId, null, Cancel)).ReservedUsd.ShouldBe(1.5m);
    }
}
