using Kinora.Jobs;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>What every <see cref="IWebhookStore"/> promises about deliveries.</summary>
public abstract partial class WebhookStoreContract
{
    [Fact]
    public async Task Delivery_EveryField_IsReadAsItWasStored()
    {
        var endpoint = await AddAsync();
        var delivery = Delivery(endpoint) with
        {
            State = WebhookState.Delivered,
            Attempts = 3,
            LastStatus = 500,
            LastError = "HTTP 500",
            DeliveredAt = _clock.Now.AddMinutes(2),
            GiveUpAt = _clock.Now.AddDays(3),
            Payload = """{"a":"\u00e9 \"quoted\""}""",
        };

        (await Store.AddAsync(delivery, 9, Cancel)).ShouldBeTrue();

        (await GetAsync(delivery)).ShouldBe(delivery);
        (await Store.GetDeliveryAsync(delivery.Id, endpoint.Id, "bob", Cancel)).ShouldBeNull();
        (await Store.GetDeliveryAsync(delivery.Id, "wh_other", "ann", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Add_KeepsTheLimitOfItsTypePerWebhook()
    {
        var (endpoint, other) = (await AddAsync(), await AddAsync());
        await DeliverAsync(endpoint);

        var added = new List<bool>();
        for (var n = 0; n < 4; n++)
        {
            added.Add(await Store.AddAsync(Delivery(endpoint) with { EventType = "webhook.test" }, 3, Cancel));
        }

        added.ShouldBe([true, true, true, false]);
        (await Store.AddAsync(Delivery(other) with { EventType = "webhook.test" }, 3, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Claim_OneOfAWebhookAtATime_TheLongestDueFirst_FromManyAtOnce()
    {
        var endpoint = await AddAsync();
        var (other, _) = await OpenAsync();
        var late = await DeliverAsync(endpoint);
        var early = await DeliverAsync(endpoint, _clock.Now.AddSeconds(-5));
        await DeliverAsync(endpoint, _clock.Now.AddSeconds(5));

        var claims = (await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => ClaimAsync(endpoint, n % 2 == 0 ? Store : other))))).SelectMany(c => c).ToList();

        claims.ShouldHaveSingleItem().Delivery.Id.ShouldBe(early.Id);
        claims[0].Url.ShouldBe(endpoint.Url);
        (await Store.DueAsync(_clock.Now, Cancel)).ShouldBeEmpty();
        (await Store.RecordAsync(new WebhookTry(claims[0], WebhookState.Delivered, _clock.Now) { Status = 204 }, Cancel)).ShouldBeTrue();
        (await ClaimAsync(endpoint)).ShouldHaveSingleItem().Delivery.Id.ShouldBe(late.Id);
    }

    [Fact]
    public async Task Due_IsWhoHasSomethingToSend_LongestNotServedFirst_AndWhetherItFailed()
    {
        var (first, second, third, idle) = (await AddAsync(), await AddAsync("bob"), await AddAsync(), await AddAsync());
        foreach (var endpoint in new[] { third, second, first })
        {
            await DeliverAsync(endpoint);
            await DeliverAsync(endpoint);
        }

        await DeliverAsync(idle, _clock.Now.AddSeconds(1));
        var claim = (await ClaimAsync(first)).Single();
        await Store.RecordAsync(new WebhookTry(claim, WebhookState.Pending, _clock.Now) { NextAt = _clock.Now.AddHours(1) }, Cancel);

        (await Store.DueAsync(_clock.Now, Cancel)).ShouldBe(
            [new WebhookLane(second.Id, "bob", false), new WebhookLane(third.Id, "ann", false), new WebhookLane(first.Id, "ann", true)]);
    }

    [Fact]
    public async Task Record_WritesEveryField_AndTheNextTryIsNotDueBefore()
    {
        var endpoint = await AddAsync();
        var delivery = await DeliverAsync(endpoint);
        var claim = (await ClaimAsync(endpoint)).Single();
        var next = _clock.Now.AddSeconds(5);

        await Store.RecordAsync(new WebhookTry(claim, WebhookState.Pending, _clock.Now) { NextAt = next, Status = 500, Error = "HTTP 500: broken" }, Cancel);

        (await GetAsync(delivery)).ShouldBe(delivery with { Attempts = 1, NextAt = next, LastStatus = 500, LastError = "HTTP 500: broken" });
        (await ClaimAsync(endpoint)).ShouldBeEmpty();
        _clock.AdvanceTo(next);
        var second = (await ClaimAsync(endpoint)).Single();
        await Store.RecordAsync(new WebhookTry(second, WebhookState.Delivered, _clock.Now) { NextAt = next, Status = 200 }, Cancel);
        (await GetAsync(delivery)).ShouldBe(delivery with { State = WebhookState.Delivered, Attempts = 2, NextAt = next, LastStatus = 200, DeliveredAt = next });
        (await Store.DueAsync(_clock.Now, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lease_ThatRanOut_IsAnybodys_AndTheOldHolderChangesNothing()
    {
        var endpoint = await AddAsync();
        var delivery = await DeliverAsync(endpoint);
        var dead = (await ClaimAsync(endpoint)).Single();
        _clock.Advance(Lease);

        var alive = (await ClaimAsync(endpoint)).Single();

        alive.Delivery.Id.ShouldBe(delivery.Id);
        (await Store.RecordAsync(new WebhookTry(dead, WebhookState.Dead, _clock.Now), Cancel)).ShouldBeFalse();
        await Store.ReleaseAsync(dead, Cancel);
        (await ClaimAsync(endpoint)).ShouldBeEmpty();
        (await GetAsync(delivery)).ShouldBe(delivery);
        (await Store.RecordAsync(new WebhookTry(alive, WebhookState.Delivered, _clock.Now), Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Record_Gone_DisablesTheWebhook_AndGivesUpTheRest()
    {
        var endpoint = await AddAsync();
        await DeliverAsync(endpoint);
        var waiting = await DeliverAsync(endpoint);
        var claim = (await ClaimAsync(endpoint)).Single();

        await Store.RecordAsync(new WebhookTry(claim, WebhookState.Dead, _clock.Now) { Status = 410, Gone = true }, Cancel);

        (await Store.GetAsync(endpoint.Id, "ann", Cancel))!.DisabledAt.ShouldBe(_clock.Now);
        (await GetAsync(waiting)).State.ShouldBe(WebhookState.Dead);
    }

    [Fact]
    public async Task Record_OfAWebhookDisabledMeanwhile_LeavesNothingPending_ButWhatArrivedArrived()
    {
        var endpoints = new[] { await AddAsync(), await AddAsync() };
        foreach (var endpoint in endpoints)
        {
            await DeliverAsync(endpoint);
        }

        var claims = await Store.ClaimAsync([.. endpoints.Select(e => e.Id)], _clock.Now, _clock.Now + Lease, Cancel);
        await Store.ChangeAsync(endpoints[0].Id, "ann", e => e with { DisabledAt = _clock.Now }, Cancel);
        await Store.ChangeAsync(endpoints[1].Id, "ann", e => e with { DisabledAt = _clock.Now }, Cancel);

        await Store.RecordAsync(new WebhookTry(claims[0], WebhookState.Pending, _clock.Now) { NextAt = _clock.Now }, Cancel);
        await Store.RecordAsync(new WebhookTry(claims[1], WebhookState.Delivered, _clock.Now), Cancel);

        (await GetAsync(claims[0].Delivery)).State.ShouldBe(WebhookState.Dead);
        (await GetAsync(claims[1].Delivery)).State.ShouldBe(WebhookState.Delivered);
    }

    [Fact]
    public async Task Replay_OneOfAnyState_OrAllDeadButTests_UnderTheirIds()
    {
        var endpoint = await AddAsync();
        var dead = Delivery(endpoint) with { State = WebhookState.Dead, Attempts = 9, LastStatus = 500, LastError = "HTTP 500" };
        var test = dead with { Id = "msg_test", JobId = null };
        var arrived = dead with { Id = "msg_arrived", State = WebhookState.Delivered, DeliveredAt = _clock.Now };
        foreach (var delivery in new[] { dead, test, arrived })
        {
            await Store.AddAsync(delivery, 9, Cancel);
        }

        _clock.Advance(TimeSpan.FromDays(5));
        var giveUpAt = _clock.Now.AddDays(3);

        (await Store.ReplayAsync(endpoint.Id, "bob", null, _clock.Now, giveUpAt, Cancel)).ShouldBe(0);
        (await Store.ReplayAsync(endpoint.Id, "bob", dead.Id, _clock.Now, giveUpAt, Cancel)).ShouldBe(0);
        (await Store.ReplayAsync(endpoint.Id, "ann", null, _clock.Now, giveUpAt, Cancel)).ShouldBe(1);
        (await GetAsync(dead)).ShouldBe(dead with { State = WebhookState.Pending, Attempts = 0, NextAt = _clock.Now, GiveUpAt = giveUpAt });
        (await GetAsync(test)).State.ShouldBe(WebhookState.Dead);
        (await Store.ReplayAsync(endpoint.Id, "ann", arrived.Id, _clock.Now, giveUpAt, Cancel)).ShouldBe(1);
        (await GetAsync(arrived)).ShouldBe(arrived with { State = WebhookState.Pending, Attempts = 0, NextAt = _clock.Now, GiveUpAt = giveUpAt, DeliveredAt = null });
    }

    [Fact]
    public async Task List_NewestFirst_ByState_PageByPage()
    {
        var endpoint = await AddAsync();
        var all = new List<WebhookDelivery>();
        for (var n = 0; n < 7; n++)
        {
            all.Insert(0, Delivery(endpoint) with { State = n % 2 == 0 ? WebhookState.Dead : WebhookState.Pending });
            await Store.AddAsync(all[0], 99, Cancel);
        }

        await DeliverAsync(await AddAsync());
        var query = new WebhookDeliveryQuery(endpoint.Id, "ann", 3);

        (await PagesAsync(query)).ShouldBe([all[..3], all[3..6], all[6..]]);
        (await PagesAsync(query with { State = WebhookState.Dead })).ShouldBe([[all[0], all[2], all[4]], [all[6]]]);
        (await Store.DeliveriesAsync(query with { Owner = "bob" }, Cancel)).Deliveries.ShouldBeEmpty();

        async Task<List<IReadOnlyList<WebhookDelivery>>> PagesAsync(WebhookDeliveryQuery asked)
        {
            var pages = new List<IReadOnlyList<WebhookDelivery>>();
            WebhookDeliveryPage page;
            do
            {
                page = await Store.DeliveriesAsync(asked with { After = pages.Count == 0 ? null : pages[^1][^1].Id }, Cancel);
                pages.Add(page.Deliveries);
            }
            while (page.HasMore);

            return pages;
        }
    }

    [Fact]
    public async Task Purge_RemovesOldOnes_ButNothingThatIsStillToBeSent()
    {
        var endpoint = await AddAsync();
        var pending = Delivery(endpoint);
        var (dead, arrived) = (Delivery(endpoint) with { State = WebhookState.Dead }, Delivery(endpoint) with { State = WebhookState.Delivered });
        var young = Delivery(endpoint) with { State = WebhookState.Dead, CreatedAt = _clock.Now.AddDays(1) };
        foreach (var delivery in new[] { pending, dead, arrived, young })
        {
            await Store.AddAsync(delivery, 99, Cancel);
        }

        await Store.PurgeAsync(_clock.Now.AddDays(1), Cancel);

        (await Store.DeliveriesAsync(new WebhookDeliveryQuery(endpoint.Id, "ann", 10), Cancel)).Deliveries.ShouldBe([young, pending]);
    }

    private Task<IReadOnlyList<WebhookClaim>> ClaimAsync(WebhookEndpoint endpoint, IWebhookStore? store = null) =>
        (store ?? Store).ClaimAsync([endpoint.Id], _clock.Now, _clock.Now + Lease, Cancel);

    private async Task<WebhookDelivery> DeliverAsync(WebhookEndpoint endpoint, DateTimeOffset? nextAt = null)
    {
        var delivery = Delivery(endpoint) with { NextAt = nextAt ?? _clock.Now };
        (await Store.AddAsync(delivery, 100, Cancel)).ShouldBeTrue();
        return delivery;
    }

    private async Task<WebhookDelivery> GetAsync(WebhookDelivery delivery) => (await Store.GetDeliveryAsync(delivery.Id, delivery.EndpointId, "ann", Cancel))!;

    private WebhookDelivery Delivery(WebhookEndpoint endpoint) => new()
    {
        Id = $"msg_{Interlocked.Increment(ref _made)}",
        EndpointId = endpoint.Id,
        Owner = endpoint.Owner,
        EventType = "video.completed",
        JobId = JobId.New(new SystemRandomBytes()),
        Payload = "{}",
        NextAt = _clock.Now,
        GiveUpAt = _clock.Now.AddDays(3),
        CreatedAt = _clock.Now,
    };
}
