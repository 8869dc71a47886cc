using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>Turns of a conversation: what the provider is given, and what is remembered.</summary>
public sealed class TurnTests : IAsyncLifetime
{
    private readonly SessionScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Turn_GoesOnFromTheNewestPicture()
    {
        var session = await _scene.NewAsync();

        var first = await _scene.TurnAsync(session, "a loaf");
        var second = await _scene.TurnAsync(session, "make it blue");
        await _scene.TurnAsync(session, "add a crown");

        _scene.Sent.Select(s => s.Source?.JobId).ShouldBe([null, first.Id, second.Id]);
        _scene.Sent.Select(s => s.Request.Operation).ShouldBe([Operation.Create, Operation.Edit, Operation.Edit]);
        (await File.ReadAllTextAsync(_scene.Sent[2].Source!.FilePath, Cancel)).ShouldBe("make it blue 1");
        _scene.Sent[2].Source!.RemoteOutputId.ShouldBe("call-1");
        var view = await _scene.Sessions.GetAsync(SessionScene.Ann, session, Cancel);
        view.Turns.Select(t => t.Request.Prompt).ShouldBe(["a loaf", "make it blue", "add a crown"]);
        view.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_SendsTheDescriptionEveryTime_AndEachPromptOnce()
    {
        var session = await _scene.NewAsync("Flat colours only.");

        await _scene.TurnAsync(session, "a loaf");
        await _scene.TurnAsync(session, "make it blue");
        await _scene.TurnAsync(session, "add a crown");

        _scene.Sent.ShouldAllBe(s => s.Request.Instructions == "Flat colours only." && s.Request.Model == "fake/model");
        _scene.Sent.Select(s => s.Request.Prompt).ShouldBe(["a loaf", "make it blue", "add a crown"]);
        _scene.Sent[2].Source!.Prompts.ShouldBe(["a loaf", "make it blue"]);
    }

    [Fact]
    public async Task Turn_ThatFailed_LeavesNoTrace()
    {
        var session = await _scene.NewAsync();
        var first = await _scene.TurnAsync(session, "a loaf");
        (await _scene.TurnAsync(session, "refuse me")).Status.ShouldBe(JobStatus.Failed);

        var third = await _scene.TurnAsync(session, "make it blue");

        _scene.Sent[2].Source!.JobId.ShouldBe(first.Id);
        _scene.Sent[2].Source!.Prompts.ShouldBe(["a loaf"]);
        (await _scene.Sessions.GetAsync(SessionScene.Ann, session, Cancel)).Turns.Select(t => t.Id).ShouldBe([first.Id, third.Id]);
        (await File.ReadAllTextAsync(_scene.Workspace($"users/ann/generated_images/sessions/{session}/conversation_log.json"), Cancel)).ShouldNotContain("refuse me");
        third.Assets.Single().WorkspaceName.ShouldEndWith("image_002.png");
    }

    [Fact]
    public async Task Turn_ThatNamesAnEarlierPicture_BranchesThere_AndTheNextGoesOnFromTheBranch()
    {
        var session = await _scene.NewAsync();
        var first = await _scene.TurnAsync(session, "two loaves", count: 2);
        await _scene.TurnAsync(session, "make it blue");

        var branch = await _scene.TurnAsync(session, "make it red", from: first.PublicId + "_2");
        await _scene.TurnAsync(session, "add a crown");

        (_scene.Sent[2].Source!.JobId, _scene.Sent[2].Request.SourceIndex, _scene.Sent[2].Source!.RemoteOutputId).ShouldBe((first.Id, 1, "call-2"));
        (await File.ReadAllTextAsync(_scene.Sent[2].Source!.FilePath, Cancel)).ShouldBe("two loaves 2");
        _scene.Sent[3].Source!.JobId.ShouldBe(branch.Id);
        _scene.Sent[3].Source!.Prompts.ShouldBe(["two loaves", "make it red"]);
    }

    [Fact]
    public async Task Turn_FromAPictureOfNoSession_IsAllowed()
    {
        var single = await _scene.SingleAsync();
        var session = await _scene.NewAsync();

        await _scene.TurnAsync(session, "make it blue", from: single.PublicId);

        _scene.Sent[1].Source!.JobId.ShouldBe(single.Id);
    }

    [Fact]
    public async Task Turn_FromAPictureThatIsNotThere_IsNotFound()
    {
        var session = await _scene.NewAsync();
        var foreign = await _scene.SingleAsync(caller: new Caller("eve"));
        var one = await _scene.TurnAsync(session, "a loaf");

        foreach (var id in new[] { foreign.PublicId, one.PublicId + "_2", "image_00000000000000000000000000000000", "nonsense", "" })
        {
            var refused = await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, "on", from: id));
            (refused.Code, refused.Message).ShouldBe((ErrorCodes.NotFound, "There is no image with that id."));
        }
    }

    [Fact]
    public async Task Turn_FromAPictureThatIsNotDone_SaysSo()
    {
        var session = await _scene.NewAsync();
        var open = (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, new GenerationDraft { Prompt = "a loaf" }, Cancel)).Job;

        (await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, "on", from: open.PublicId))).Code.ShouldBe(ErrorCodes.NotReady);

        var view = await _scene.Sessions.GetAsync(SessionScene.Ann, session, Cancel);
        (view.Turns.Count, view.Pending.Single().Id).ShouldBe((0, open.Id));
    }

    [Fact]
    public async Task Turn_WhosePictureWasDeleted_TheNextGoesOnFromTheOneBefore()
    {
        var session = await _scene.NewAsync();
        var first = await _scene.TurnAsync(session, "a loaf");
        var second = await _scene.TurnAsync(session, "make it blue");
        await _scene.Generation.DeleteAsync(SessionScene.Ann, second.PublicId, Cancel);

        await _scene.TurnAsync(session, "add a crown");

        _scene.Sent[2].Source!.JobId.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Turn_WhoseSourceIsDeletedBeforeItIsSent_FailsWithoutACharge()
    {
        var session = await _scene.NewAsync();
        var first = await _scene.TurnAsync(session, "a loaf");
        var next = (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, new GenerationDraft { Prompt = "make it blue" }, Cancel)).Job;
        await _scene.Generation.DeleteAsync(SessionScene.Ann, first.PublicId, Cancel);

        var failed = await _scene.Engine.RunAsync(next.Id);

        failed.ErrorText.ShouldBe("The image it starts from was deleted before this was sent; nothing was charged.");
        _scene.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Turn_SameKeyAgain_IsTheFirstJob_AlsoWhenItHasMadeTheNewestPictureMeanwhile()
    {
        var session = await _scene.NewAsync();
        await _scene.TurnAsync(session, "a loaf");
        var draft = new GenerationDraft { Prompt = "make it blue", IdempotencyKey = "key" };
        var first = await _scene.TurnAsync(session, draft);

        var again = await _scene.Sessions.TurnAsync(SessionScene.Ann, session, draft, Cancel);

        (again.AlreadyThere, again.Job.Id).ShouldBe((true, first.Id));
        foreach (var other in new[] { draft with { Prompt = "make it red" }, draft with { SourceId = first.PublicId }, draft with { Count = 2 } })
        {
            (await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, other))).Code.ShouldBe(ErrorCodes.IdempotencyKeyReused);
        }

        (await Should.ThrowAsync<KinoraException>(async () => await _scene.TurnAsync(await _scene.NewAsync(), draft))).Code.ShouldBe(ErrorCodes.IdempotencyKeyReused);
        await _scene.Sessions.CloseAsync(SessionScene.Ann, session, Cancel);
        (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, draft, Cancel)).Job.Id.ShouldBe(first.Id);
        (await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, draft with { IdempotencyKey = "new" }))).Code.ShouldBe(ErrorCodes.SessionClosed);
    }

    [Fact]
    public async Task Turn_RepeatedWithoutAKey_IsTheOpenJob_ButAWishForAnotherPictureOnceThatIsDone()
    {
        var session = await _scene.NewAsync();
        var draft = new GenerationDraft { Prompt = "a loaf", MergeRepeats = true };
        var first = await _scene.Sessions.TurnAsync(SessionScene.Ann, session, draft, Cancel);

        (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, draft, Cancel)).Job.Id.ShouldBe(first.Job.Id);
        await _scene.Engine.RunAsync(first.Job.Id);
        (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, draft, Cancel)).AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Turn_InALongSession_IsGivenTheLast50PromptsAndTheDescription()
    {
        var session = await _scene.NewAsync("Flat colours only.");
        for (var n = 1; n <= 53; n++)
        {
            (await _scene.TurnAsync(session, $"change {n}")).Status.ShouldBe(JobStatus.Completed);
        }

        var last = _scene.Sent[^1];

        last.Source!.Prompts.ShouldBe(Enumerable.Range(3, 50).Select(n => $"change {n}"));
        last.Request.Instructions.ShouldBe("Flat colours only.");
        (await _scene.Sessions.GetAsync(SessionScene.Ann, session, Cancel)).Turns.Count.ShouldBe(53);
    }

    [Fact]
    public async Task Turn_WithAMask_IsMeasuredAgainstThePictureItGoesOnFrom()
    {
        var session = await _scene.NewAsync();
        await _scene.TurnAsync(session, "a loaf");
        _scene.Engine.Media.Image = new("image/png", 32, 32, Alpha: true);
        var masked = new GenerationDraft { Prompt = "blue", Mask = new ImageSource.Bytes("mask", "mask"u8.ToArray()) };

        var fault = (await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, masked))).Faults.ShouldHaveSingleItem();
        fault.ShouldBe(new Fault("mask", "The mask must be as large as its picture, 64x64; it is 32x32."));

        // With more pictures beside it, the picture gone on from stays the first.
        var more = masked with { References = [new ImageSource.Bytes("input", "small"u8.ToArray())] };
        (await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, more))).Faults.ShouldBe([fault]);
        _scene.Engine.Media.Image = new("image/png", 64, 64, Alpha: true);
        (await _scene.TurnAsync(session, more)).Status.ShouldBe(JobStatus.Completed);
    }
}
