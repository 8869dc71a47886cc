using Kinora.Errors;
using Kinora.Generation;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>How sessions begin and end, and whose they are.</summary>
public sealed class SessionServiceTests : IAsyncLifetime
{
    private static readonly Caller Ann = SessionScene.Ann;
    private static readonly Caller Eve = new("eve");

    private readonly SessionScene _scene = new(options: new ImageSessionOptions { MaxActive = 2, TimeoutSeconds = 600 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Create_FillsInTheModel_AndRemembersTheNameItWasAskedBy()
    {
        var session = await _scene.Sessions.CreateAsync(Ann, new SessionDraft { Description = "a logo", Name = "Bakery" }, Cancel);
        var aliased = await _scene.Sessions.CreateAsync(Ann, new SessionDraft { Description = "a logo", Model = "pen" }, Cancel);

        (session.Owner, session.Name, session.Model, session.AskedModel, session.CreatedAt).ShouldBe(("ann", "Bakery", "fake/model", null, _scene.Engine.Clock.Now));
        (aliased.Model, aliased.AskedModel).ShouldBe(("fake/model", "pen"));
        (await _scene.Sessions.GetAsync(Ann, session.Id.Hex, Cancel)).ShouldSatisfyAllConditions(
            v => v.State.ShouldBe(SessionState.Active), v => v.Turns.ShouldBeEmpty(), v => v.Pending.ShouldBeEmpty());
    }

    [Fact]
    public async Task Create_WrongInput_IsRefusedWithEveryFault()
    {
        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.CreateAsync(Ann, new SessionDraft { Description = " ", Name = "" }, Cancel));

        refused.Faults.Select(f => (f.Field, f.Code)).ShouldBe([("description", ErrorCodes.InvalidRequest), ("session_name", ErrorCodes.InvalidRequest)]);
        foreach (var draft in new[]
        {
            new SessionDraft { Description = new string('x', SessionService.MaxDescription + 1) },
            new SessionDraft { Description = "x", Name = new string('x', SessionService.MaxName + 1) },
            new SessionDraft { Description = "half \ud83e" },
            new SessionDraft { Description = "x", Name = "half \ud83e" },
        })
        {
            (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.CreateAsync(Ann, draft, Cancel))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        }

        (await _scene.Sessions.ListAsync(Ann, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_ModelThatMakesNoPictures_IsRefused()
    {
        (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.CreateAsync(Ann, new SessionDraft { Description = "x", Model = "fake/film" }, Cancel)))
            .Faults.ShouldHaveSingleItem().Field.ShouldBe("model");
        (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.CreateAsync(Ann, new SessionDraft { Description = "x", Model = "fake/nothing" }, Cancel)))
            .Code.ShouldBe(ErrorCodes.ModelNotFound);
    }

    [Fact]
    public async Task Create_OverTheLimit_IsRefusedUntilOneIsClosedOrExpires()
    {
        var first = await _scene.NewAsync();
        await _scene.NewAsync();

        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.NewAsync());
        refused.Code.ShouldBe(ErrorCodes.LimitReached);
        refused.Message.ShouldBe("There are 2 active sessions already, which is the limit. Close one that is no longer needed, then try again.");

        await _scene.NewAsync(caller: Eve);
        await _scene.Sessions.CloseAsync(Ann, first, Cancel);
        await _scene.NewAsync();
        _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(601));
        await _scene.NewAsync();
    }

    [Fact]
    public async Task Turn_InAClosedSession_SaysThatItWasClosed()
    {
        var session = await _scene.NewAsync();
        await _scene.TurnAsync(session, "a loaf");

        (await _scene.Sessions.CloseAsync(Ann, session, Cancel)).State.ShouldBe(SessionState.Closed);
        var again = await _scene.Sessions.CloseAsync(Ann, session, Cancel);

        (again.State, again.Turns.Count).ShouldBe((SessionState.Closed, 1));
        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, "more"));
        refused.Code.ShouldBe(ErrorCodes.SessionClosed);
        refused.Message.ShouldStartWith("The session was closed. Its pictures are kept");
    }

    [Fact]
    public async Task Turn_InAnExpiredSession_SaysForHowLongItWasNotUsed_AndUseKeepsItAlive()
    {
        var session = await _scene.NewAsync();
        for (var n = 0; n < 3; n++)
        {
            _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(600));
            await _scene.Sessions.TurnAsync(Ann, session, new GenerationDraft { Prompt = $"turn {n}" }, Cancel);
        }

        _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(601));

        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, "more"));
        refused.Code.ShouldBe(ErrorCodes.SessionExpired);
        refused.Message.ShouldStartWith("The session has expired: it was not used for 10 minutes. Its pictures are kept");
        (await _scene.Sessions.GetAsync(Ann, session, Cancel)).State.ShouldBe(SessionState.Expired);
        (await _scene.Sessions.ListAsync(Ann, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_ThatWasRefused_IsNoUse()
    {
        var session = await _scene.NewAsync();
        _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(600));

        await Should.ThrowAsync<KinoraException>(() => _scene.TurnAsync(session, ""));
        _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(1));

        (await _scene.Sessions.GetAsync(Ann, session, Cancel)).State.ShouldBe(SessionState.Expired);
    }

    [Fact]
    public async Task EveryCall_ForeignAndUnknownSessions_AreRefusedAlike()
    {
        var mine = await _scene.NewAsync();
        Func<string, Task>[] calls =
        [
            id => _scene.Sessions.GetAsync(Eve, id, Cancel), id => _scene.Sessions.CloseAsync(Eve, id, Cancel), id => _scene.TurnAsync(id, new GenerationDraft { Prompt = "x" }, Eve),
        ];

        foreach (var call in calls)
        {
            foreach (var id in new[] { mine, "00000000-0000-0000-0000-000000000000", "nonsense", "" })
            {
                var refused = await Should.ThrowAsync<KinoraException>(() => call(id));
                (refused.Code, refused.Message).ShouldBe((ErrorCodes.SessionNotFound, "There is no session with that id."));
            }
        }

        (await _scene.Sessions.ListAsync(Eve, Cancel)).ShouldBeEmpty();
        (await _scene.Sessions.GetAsync(Ann, mine, Cancel)).State.ShouldBe(SessionState.Active);
    }
}
