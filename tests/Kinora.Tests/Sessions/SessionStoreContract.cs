using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>What every <see cref="ISessionStore"/> promises, whichever database is below it.</summary>
public abstract class SessionStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);
    private static readonly SystemRandomBytes Random = new();

    private readonly TestClock _clock = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TimeProvider Clock => _clock;

    protected ISessionStore Store { get; private set; } = null!;

    protected IJobStore Jobs { get; private set; } = null!;

    public async ValueTask InitializeAsync() => (Store, Jobs) = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more pair, with connections of its own, on the same database.</summary>
    protected abstract Task<(ISessionStore Sessions, IJobStore Jobs)> OpenAsync();

    [Fact]
    public async Task Create_Session_IsReadAsItWas()
    {
        var plain = Session("ann");
        var full = Session("ann") with
        {
            Name = "logo \"1\"; --",
            Description = "Zeichne ümläuts, 鍵 and 🦊",
            AskedModel = "gpt-image-1",
            Origin = new ImageId(JobId.New(Random), 2),
            OriginPicture = new OriginPicture(new InputImage("hash", "image/png", 64, 32, Alpha: true), "a fox", "a red fox"),
            ClosedAt = _clock.Now.AddMinutes(2),
        };

        (await CreateAsync(plain)).ShouldBeTrue();
        (await CreateAsync(full)).ShouldBeTrue();

        var other = (await OpenAsync()).Sessions;
        (await other.GetAsync(plain.Id, "ann", Cancel)).ShouldBe(plain);
        (await other.GetAsync(full.Id, "ann", Cancel)).ShouldBe(full);
    }

    [Fact]
    public async Task Get_OfAnotherOwner_IsNull_AndWithoutAnOwnerReadsAny()
    {
        var session = Session("ann");
        await CreateAsync(session);

        (await Store.GetAsync(session.Id, "eve", Cancel)).ShouldBeNull();
        (await Store.GetAsync(session.Id, "", Cancel)).ShouldBeNull();
        (await Store.GetAsync(SessionId.New(Random), null, Cancel)).ShouldBeNull();
        (await Store.GetAsync(session.Id, null, Cancel)).ShouldBe(session);
    }

    [Fact]
    public async Task Create_OverTheLimit_StoresNothing_AndClosedExpiredAndOthersDoNotCount()
    {
        var (closed, expired, third) = (Session("ann"), Session("ann"), Session("ann"));
        await CreateAsync(expired, most: 2);
        _clock.Advance(Lasts + TimeSpan.FromMilliseconds(1));
        await CreateAsync(closed with { UsedAt = _clock.Now }, most: 2);
        (await CreateAsync(Session("ann"), most: 2)).ShouldBeTrue();

        (await CreateAsync(third, most: 2)).ShouldBeFalse();

        (await Store.GetAsync(third.Id, null, Cancel)).ShouldBeNull();
        (await CreateAsync(Session("bob"), most: 2)).ShouldBeTrue();
        await Store.CloseAsync(closed.Id, "ann", _clock.Now, Cancel);
        (await CreateAsync(third, most: 2)).ShouldBeTrue();
    }

    [Fact]
    public async Task Create_ManyAtOnce_FromTwoStores_KeepsTheLimit()
    {
        var other = (await OpenAsync()).Sessions;

        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => CreateAsync(Session("ann"), most: 7, n % 2 == 0 ? Store : other))));

        made.Count(yes => yes).ShouldBe(7);
        (await ListAsync("ann")).Count.ShouldBe(7);
    }

    [Fact]
    public async Task ListActive_IsLastUsedFirst_WithoutClosedExpiredAndForeignOnes()
    {
        ImageSession[] sessions = [Session("ann"), Session("ann"), Session("ann"), Session("bob"), Session("ann")];
        foreach (var session in sessions)
        {
            await CreateAsync(session);
        }

        _clock.Advance(Lasts);
        await Store.TouchAsync(sessions[2].Id, _clock.Now, Cancel);
        await Store.CloseAsync(sessions[1].Id, "ann", _clock.Now, Cancel);
        (await ListAsync("ann")).Select(s => s.Session.Id).ShouldBe([sessions[2].Id, sessions[4].Id, sessions[0].Id]);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await ListAsync("ann")).Select(s => s.Session.Id).ShouldBe([sessions[2].Id]);
        (await ListAsync("nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Touch_KeepsTheLatestUse()
    {
        var session = Session("ann");
        await CreateAsync(session);

        await Store.TouchAsync(session.Id, _clock.Now.AddMinutes(5), Cancel);
        await Store.TouchAsync(session.Id, _clock.Now.AddMinutes(1), Cancel);
        await Store.TouchAsync(SessionId.New(Random), _clock.Now, Cancel);

        (await Store.GetAsync(session.Id, null, Cancel))!.UsedAt.ShouldBe(_clock.Now.AddMinutes(5));
    }

    [Fact]
    public async Task Close_EndsASessionOnce_AndOnlyItsOwners()
    {
        var session = Session("ann");
        await CreateAsync(session);

        (await Store.CloseAsync(session.Id, "eve", _clock.Now, Cancel)).ShouldBeFalse();
        (await Store.CloseAsync(SessionId.New(Random), "ann", _clock.Now, Cancel)).ShouldBeFalse();
        (await Store.CloseAsync(session.Id, "ann", _clock.Now, Cancel)).ShouldBeTrue();
        (await Store.CloseAsync(session.Id, "ann", _clock.Now.AddDays(1), Cancel)).ShouldBeFalse();

        (await Store.GetAsync(session.Id, "ann", Cancel))!.ClosedAt.ShouldBe(_clock.Now);
    }

    [Fact]
    public async Task Turns_AreOldestFirst_InAnyState_WithTheirFiles_WithoutDeletedAndForeignOnes()
    {
        var (session, other) = (Session("ann"), Session("ann"));
        await CreateAsync(session);
        await CreateAsync(other);
        var done = await AddTurnAsync(session, JobStatus.Completed);
        var failed = await AddTurnAsync(session, JobStatus.Failed);
        var gone = await AddTurnAsync(session, JobStatus.Completed);
        await AddTurnAsync(other, JobStatus.Completed);
        var open = await AddTurnAsync(session, JobStatus.Queued);
        await Jobs.DeleteAsync(gone, "ann", Cancel);

        var turns = await Store.TurnsAsync(session.Id, Cancel);

        turns.Select(t => t.Id).ShouldBe([done, failed, open]);
        turns[0].Assets.Select(a => (a.Role, a.Index, a.WorkspaceName, a.Alpha)).ShouldBe([(AssetRole.Image, 0, "w/image-0.png", true), (AssetRole.Image, 1, "w/image-1.png", true)]);
        turns.Skip(1).ShouldAllBe(t => t.Assets.Count == 0);
        (await Store.TurnsAsync(SessionId.New(Random), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task LastPicture_IsTheNewestCompletedTurn_WithItsFiles()
    {
        var session = Session("ann");
        await CreateAsync(session);
        (await Store.LastPictureAsync(session.Id, Cancel)).ShouldBeNull();
        var first = await AddTurnAsync(session, JobStatus.Completed);
        var gone = await AddTurnAsync(session, JobStatus.Completed);
        await AddTurnAsync(session, JobStatus.Failed);
        await AddTurnAsync(session, JobStatus.Queued);
        (await Store.LastPictureAsync(session.Id, Cancel))!.Id.ShouldBe(gone);
        await Jobs.DeleteAsync(gone, "ann", Cancel);

        var last = (await Store.LastPictureAsync(session.Id, Cancel))!;

        last.Id.ShouldBe(first);
        last.Assets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Summary_CountsTurnsThatCameToAPicture()
    {
        var (session, empty) = (Session("ann"), Session("ann"));
        await CreateAsync(empty);
        await CreateAsync(session);
        await AddTurnAsync(session, JobStatus.Completed);
        var newest = await AddTurnAsync(session, JobStatus.Completed);
        await AddTurnAsync(session, JobStatus.Failed);
        await AddTurnAsync(session, JobStatus.Queued);
        await Jobs.DeleteAsync(await AddTurnAsync(session, JobStatus.Completed), "ann", Cancel);

        (await ListAsync("ann")).ShouldBe([new SessionSummary(session, 2, newest), new SessionSummary(empty, 0, null)]);
    }

    [Fact]
    public async Task Ended_AreClosedAndExpiredOnes_InPages_OfTheirOwnerOnly()
    {
        var (expired, closed, other) = (Session("ann"), Session("ann"), Session("ben"));
        foreach (var session in (ImageSession[])[expired, closed, other])
        {
            await CreateAsync(session);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await EndedAsync("ann")).ShouldBeEmpty();
        await Store.CloseAsync(closed.Id, "ann", _clock.Now, Cancel);
        _clock.Advance(Lasts);
        var active = Session("ann");
        await CreateAsync(active);

        (await EndedAsync("ann")).ShouldBe([closed.Id, expired.Id]);
        (await EndedAsync("ann", most: 1)).ShouldBe([closed.Id]);
        (await EndedAsync("ann", after: closed.Id)).ShouldBe([expired.Id]);
        (await EndedAsync("ann", after: expired.Id)).ShouldBeEmpty();
        (await EndedAsync("ann", after: other.Id)).ShouldBeEmpty();
        (await EndedAsync("ben")).ShouldBe([other.Id]);
    }

    private ImageSession Session(string owner) => new()
    {
        Id = SessionId.New(Random),
        Owner = owner,
        Description = "a logo",
        Model = "fake/model",
        CreatedAt = _clock.Now,
        UsedAt = _clock.Now,
    };

    private Task<bool> CreateAsync(ImageSession session, int most = 100, ISessionStore? store = null) =>
        (store ?? Store).CreateAsync(session, most, _clock.Now - Lasts, Cancel);

    private Task<IReadOnlyList<SessionSummary>> ListAsync(string owner) => Store.ListActiveAsync(owner, _clock.Now - Lasts, Cancel);

    private async Task<IEnumerable<SessionId>> EndedAsync(string owner, SessionId? after = null, int most = 10) =>
        (await Store.ListEndedAsync(owner, _clock.Now - Lasts, after, most, Cancel)).Select(summary => summary.Session.Id);

    /// <summary>A turn brought to a state by allowed moves; a completed one has two pictures.</summary>
    private async Task<JobId> AddTurnAsync(ImageSession session, JobStatus end)
    {
        var turn = TestJobs.From(new GenerationRequest { Kind = MediaKind.Image, Prompt = "a fox", Session = session.Id }, _clock.Now, session.Owner);
        await Jobs.CreateAsync(new NewJob(turn, null), Cancel);
        var from = JobStatus.Queued;
        foreach (var to in end switch
        {
            JobStatus.Queued => [],
            JobStatus.Completed => new[] { JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting, JobStatus.Completed },
            _ => [end],
        })
        {
            var update = new JobUpdate { Lease = new JobLease(turn.Id, 0), From = from, To = to, Now = _clock.Now, Due = _clock.Now.AddMinutes(1) };
            (await Jobs.ApplyAsync(to == JobStatus.Completed ? update with { Assets = [Picture(turn.Id, 0), Picture(turn.Id, 1)] } : update, Cancel)).ShouldBeTrue();
            from = to;
        }

        return turn.Id;
    }

    private static Asset Picture(JobId job, int index) => new()
    {
        JobId = job,
        Role = AssetRole.Image,
        Index = index,
        FileName = AssetNames.For(AssetRole.Image, index, "png"),
        MimeType = "image/png",
        Bytes = 10,
        Sha256 = "hash",
        Alpha = true,
        WorkspaceName = $"w/image-{index}.png",
    };
}
