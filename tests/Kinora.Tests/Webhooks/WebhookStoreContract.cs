using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>What every <see cref="IWebhookStore"/> promises about webhooks and about following events, whichever database is below it.</summary>
public abstract partial class WebhookStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();
    private int _made;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IWebhookStore Store { get; set; } = null!;

    private IJobStore Jobs { get; set; } = null!;

    public async ValueTask InitializeAsync() => (Store, Jobs) = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more store, with connections of its own, on the same database, and the store of its jobs.</summary>
    protected abstract Task<(IWebhookStore Webhooks, IJobStore Jobs)> OpenAsync();

    [Fact]
    public async Task Create_IsSeenByOthersAsItWas_AndOnlyByItsOwner()
    {
        var endpoint = Endpoint() with { Description = "shop \"1\"; --", DisabledAt = _clock.Now };

        (await Store.CreateAsync(endpoint, "box", 20, Cancel)).ShouldBeTrue();

        var (other, _) = await OpenAsync();
        Same(await other.GetAsync(endpoint.Id, "ann", Cancel), endpoint);
        (await other.GetAsync(endpoint.Id, "bob", Cancel)).ShouldBeNull();
        (await other.ListAsync("bob", Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_ManyAtOnce_FromTwoStores_KeepsTheLimitOfEachOwner()
    {
        var (other, _) = await OpenAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).CreateAsync(Endpoint(), "box", 7, Cancel))));

        made.Count(yes => yes).ShouldBe(7);
        (await Store.ListAsync("ann", Cancel)).Count.ShouldBe(7);
        (await Store.CreateAsync(Endpoint("bob"), "box", 7, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Change_WritesWhatMayChange_InOneCommitWithWhatWasRead()
    {
        var endpoint = await AddAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
            Store.ChangeAsync(endpoint.Id, "ann", e => e with { Description = (e.Description ?? "") + "x" }, Cancel))));
        var changed = await Store.ChangeAsync(
            endpoint.Id, "ann", e => e with { Url = "https://b.test/", Events = ["image.failed"], Owner = "bob", CreatedAt = _clock.Now.AddDays(9) }, Cancel);

        Same(changed, endpoint with { Url = "https://b.test/", Events = ["image.failed"], Description = new string('x', 50) });
        (await Store.ChangeAsync(endpoint.Id, "bob", e => e, Cancel)).ShouldBeNull();
        (await Store.ChangeAsync("wh_nothing", "ann", e => e, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Disabled_GivesUpWhatIsPending_AndTakesNothingNew_UntilItIsEnabled()
    {
        var endpoint = await AddAsync();
        var pending = await DeliverAsync(endpoint);

        await Store.ChangeAsync(endpoint.Id, "ann", e => e with { DisabledAt = _clock.Now }, Cancel);

        (await GetAsync(pending)).State.ShouldBe(WebhookState.Dead);
        (await Store.AddAsync(Delivery(endpoint), 9, Cancel)).ShouldBeFalse();
        (await Store.ReplayAsync(endpoint.Id, "ann", null, _clock.Now, _clock.Now, Cancel)).ShouldBe(0);
        await TestEnds.CancelAsync(Jobs, _clock.Now);
        var newest = await Jobs.LastEventAsync(Cancel);
        (await Store.ChangeAsync(endpoint.Id, "ann", e => e with { DisabledAt = null }, Cancel))!.AfterEvent.ShouldBe(newest);
        (await Store.ReplayAsync(endpoint.Id, "ann", null, _clock.Now, _clock.Now, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Delete_TakesItsDeliveriesAlong_AndOnlyItsOwnerMay()
    {
        var (gone, stays) = (await AddAsync(), await AddAsync());
        var (first, second) = (await DeliverAsync(gone), await DeliverAsync(stays));
        var claim = (await ClaimAsync(gone)).Single();

        (await Store.DeleteAsync(gone.Id, "bob", Cancel)).ShouldBeFalse();
        (await Store.DeleteAsync(gone.Id, "ann", Cancel)).ShouldBeTrue();
        (await Store.DeleteAsync(gone.Id, "ann", Cancel)).ShouldBeFalse();

        (await Store.GetDeliveryAsync(first.Id, gone.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.GetDeliveryAsync(second.Id, stays.Id, "ann", Cancel)).ShouldNotBeNull();
        (await Store.RecordAsync(new WebhookTry(claim, WebhookState.Delivered, _clock.Now), Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Rotate_KeepsTheOldSecretUntilThen_AndOneOldSecretOnly()
    {
        var endpoint = await AddAsync();
        await DeliverAsync(endpoint);
        var until = _clock.Now.AddHours(24);

        (await Store.RotateAsync(endpoint.Id, "bob", "mine", until, Cancel)).ShouldBeNull();
        Same(await Store.RotateAsync(endpoint.Id, "ann", "second", until, Cancel), endpoint);

        (await BoxesAsync()).ShouldBe(("second", "first"));
        await Store.RotateAsync(endpoint.Id, "ann", "third", until, Cancel);
        (await BoxesAsync()).ShouldBe(("third", "second"));
        _clock.AdvanceTo(until);
        (await BoxesAsync()).ShouldBe(("third", null));

        async Task<(string, string?)> BoxesAsync()
        {
            var claim = (await ClaimAsync(endpoint)).Single();
            await Store.ReleaseAsync(claim, Cancel);
            return (claim.Box, claim.OldBox);
        }
    }

    [Fact]
    public async Task Follow_WithoutAnyWebhook_IsNothing_AndTheFirstOneStartsAtTheNewestEvent()
    {
        await TestEnds.CancelAsync(Jobs, _clock.Now);
        (await Store.FollowAsync(100, Cancel)).ShouldBeNull();

        var first = await AddAsync();

        var newest = await Jobs.LastEventAsync(Cancel);
        first.AfterEvent.ShouldBe(newest);
        Places(await Store.FollowAsync(100, Cancel)).ShouldBe((newest, newest, 0));
        await TestEnds.CancelAsync(Jobs, _clock.Now);
        await AddAsync();
        (await Store.FollowAsync(100, Cancel))!.From.ShouldBe(newest, "the second one must not skip what the first waits for");
        await Store.DeleteAsync(first.Id, "ann", Cancel);
        (await Store.FollowAsync(100, Cancel))!.Ends.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Follow_TellsEndsOnly_AlsoOfDeletedJobs_AndHowFarItLooked()
    {
        await AddAsync();
        var deleted = await TestEnds.CancelAsync(Jobs, _clock.Now);
        await Jobs.DeleteAsync(deleted, "ann", Cancel);
        var done = await TestEnds.CompleteAsync(Jobs, _clock.Now, "bob", MediaKind.Image);
        var lost = await TestEnds.FailAsync(Jobs, _clock.Now, "submission_unknown", "It was silent.", JobStatus.SubmissionUnknown);

        var feed = (await Store.FollowAsync(100, Cancel))!;

        feed.To.ShouldBe(await Jobs.LastEventAsync(Cancel));
        feed.Ends.Select(e => (e.JobId, e.Kind, e.Owner, e.Status, e.ErrorCode)).ShouldBe(
        [
            (deleted, MediaKind.Video, "ann", JobStatus.Cancelled, "cancelled"),
            (done, MediaKind.Image, "bob", JobStatus.Completed, null),
            (lost, MediaKind.Video, "ann", JobStatus.SubmissionUnknown, "submission_unknown"),
        ]);
        feed.Ends[2].Reason.ShouldBe("It was silent.");
        Places(await Store.FollowAsync(1, Cancel)).ShouldBe((feed.From, feed.From + 1, 0));
    }

    [Fact]
    public async Task Advance_OfManyFromOnePlace_OneWins_AndOnlyItsDeliveriesAreStored()
    {
        var endpoint = await AddAsync();
        var (other, _) = await OpenAsync();
        await TestEnds.CancelAsync(Jobs, _clock.Now);
        var feed = (await Store.FollowAsync(100, Cancel))!;
        var tries = Enumerable.Range(0, 20).Select(_ => Delivery(endpoint)).ToList();

        var won = await Task.WhenAll(tries.Select((delivery, n) => Task.Run(() => (n % 2 == 0 ? Store : other).AdvanceAsync(feed.From, feed.To, [delivery], Cancel))));

        won.Count(yes => yes).ShouldBe(1);
        var stored = (await Store.DeliveriesAsync(new WebhookDeliveryQuery(endpoint.Id, "ann", 100), Cancel)).Deliveries;
        stored.ShouldHaveSingleItem().ShouldBe(tries[won.IndexOf(true)]);
        (await Store.FollowAsync(100, Cancel))!.From.ShouldBe(feed.To);
    }

    /// <summary>Lists are compared by what is in them.</summary>
    private static void Same(WebhookEndpoint? actual, WebhookEndpoint expected)
    {
        actual.ShouldNotBeNull().Events.ShouldBe(expected.Events);
        (actual with { Events = expected.Events }).ShouldBe(expected);
    }

    private static (long From, long To, int Ends) Places(WebhookFeed? feed) => (feed!.From, feed.To, feed.Ends.Count);

    private async Task<WebhookEndpoint> AddAsync(string owner = "ann")
    {
        var endpoint = Endpoint(owner);
        (await Store.CreateAsync(endpoint, "first", 100, Cancel)).ShouldBeTrue();
        return (await Store.GetAsync(endpoint.Id, owner, Cancel))!;
    }

    private WebhookEndpoint Endpoint(string owner = "ann") => new()
    {
        Id = $"wh_{Interlocked.Increment(ref _made)}",
        Owner = owner,
        Url = "https://a.test/hook",
        Events = ["video.completed", "image.failed"],
        CreatedAt = _clock.Now,
    };
}
