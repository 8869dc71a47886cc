using Kinora.Errors;
using Kinora.Generation;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

public sealed class WebhookServiceTests : IAsyncDisposable
{
    private static readonly Caller Ann = WebhookScene.Ann;
    private static readonly Caller Bob = new("bob");

    private readonly WebhookScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebhookService Service => _scene.Service;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Create_SaysWhatIsKept_AndTheSecretIsInNoRow()
    {
        var made = await Service.CreateAsync(Ann, new WebhookDraft("https://a.test/", ["image.failed", "video.completed", "image.failed"], "  shop "), Cancel);

        made.Endpoint.Id.ShouldMatch("^wh_[0-9a-f]{32}$");
        (made.Endpoint.Owner, made.Endpoint.Url, made.Endpoint.Description, made.Endpoint.CreatedAt).ShouldBe(("ann", "https://a.test/", "shop", _scene.Clock.Now));
        made.Endpoint.Events.ShouldBe(["video.completed", "image.failed"]);
        (await Service.ListAsync(Ann, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(made.Endpoint.Id);
        await Service.TestAsync(Ann, made.Endpoint.Id, Cancel);
        var claim = (await _scene.Store.ClaimAsync([made.Endpoint.Id], _scene.Clock.Now, _scene.Clock.Now, Cancel)).Single();
        claim.Box.ShouldNotContain(made.Secret["whsec_".Length..]);
        _scene.Box.Open(claim.Box, made.Endpoint.Id).ShouldBe(made.Secret);
    }

    [Fact]
    public async Task Create_WithoutEvents_GetsAll()
    {
        (await _scene.AddAsync()).Endpoint.Events.ShouldBe(["video.completed", "video.failed", "image.completed", "image.failed"]);
    }

    [Fact]
    public async Task Create_TellsEveryFaultAtOnce()
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() =>
            Service.CreateAsync(Ann, new WebhookDraft("http://private/", ["video.completed", new string('x', 500)], new string('d', 201)), Cancel));

        refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
        refusal.Faults.Select(f => f.Field).ShouldBe(["url", "events", "description"]);
        refusal.Message.Length.ShouldBeLessThan(500);
        (await Service.ListAsync(Ann, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithAnEmptyListOfEvents_IsRefused() => await RefusedAsync("events", () => Service.CreateAsync(Ann, new WebhookDraft("https://a.test/", []), Cancel));

    [Fact]
    public async Task Create_MoreThanTwenty_IsRefused()
    {
        for (var n = 0; n < 20; n++)
        {
            await _scene.AddAsync();
        }

        (await Should.ThrowAsync<KinoraException>(() => _scene.AddAsync())).Code.ShouldBe(ErrorCodes.LimitReached);
        await _scene.AddAsync(owner: "bob");
    }

    [Fact]
    public async Task Update_ChangesWhatIsGiven_AndChecksItLikeANewOne()
    {
        var id = (await Service.CreateAsync(Ann, new WebhookDraft("https://a.test/", ["video.failed"], "shop"), Cancel)).Endpoint.Id;

        var changed = await Service.UpdateAsync(Ann, id, new WebhookChange(Url: "https://b.test/", Description: ""), Cancel);
        (changed.Url, changed.Description, changed.DisabledAt).ShouldBe(("https://b.test/", null, null));
        changed.Events.ShouldBe(["video.failed"]);
        (await Service.UpdateAsync(Ann, id, new WebhookChange(Disabled: true), Cancel)).DisabledAt.ShouldBe(_scene.Clock.Now);
        _scene.Clock.Advance(TimeSpan.FromHours(1));
        (await Service.UpdateAsync(Ann, id, new WebhookChange(Events: ["image.failed"], Disabled: true), Cancel)).DisabledAt.ShouldBe(_scene.Clock.Now.AddHours(-1));
        (await Service.UpdateAsync(Ann, id, new WebhookChange(Disabled: false), Cancel)).DisabledAt.ShouldBeNull();
        await RefusedAsync("url", () => Service.UpdateAsync(Ann, id, new WebhookChange(Url: "http://private/"), Cancel));
        await RefusedAsync("events", () => Service.UpdateAsync(Ann, id, new WebhookChange(Events: ["video.deleted"]), Cancel));
        await RefusedAsync("description", () => Service.UpdateAsync(Ann, id, new WebhookChange(Description: "a\u0007b"), Cancel));
    }

    [Fact]
    public async Task AnothersWebhook_ReadsLikeAnUnknownOne_Everywhere()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        var id = webhook.Endpoint.Id;

        foreach (var (caller, asked) in new[] { (Bob, id), (Ann, "wh_nothing"), (Ann, "") })
        {
            Func<Task>[] calls =
            [
                () => Service.GetAsync(caller, asked, Cancel), () => Service.UpdateAsync(caller, asked, new WebhookChange(Disabled: true), Cancel),
                () => Service.DeleteAsync(caller, asked, Cancel), () => Service.RotateSecretAsync(caller, asked, Cancel),
                () => Service.DeliveriesAsync(caller, asked, null, null, 10, Cancel), () => Service.ReplayAsync(caller, asked, delivery.Id, Cancel),
                () => Service.ReplayDeadAsync(caller, asked, Cancel), () => Service.TestAsync(caller, asked, Cancel),
            ];
            foreach (var call in calls)
            {
                var refusal = await Should.ThrowAsync<KinoraException>(call);
                (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.NotFound, "There is no webhook with that id."));
            }

            (await Should.ThrowAsync<KinoraException>(() => Service.DeliveryAsync(caller, asked, delivery.Id, Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
        }

        (await Service.GetAsync(Ann, id, Cancel)).DisabledAt.ShouldBeNull();
    }

    [Fact]
    public async Task Deliveries_AreFilteredAndPaged_AndBadQuestionsNamed()
    {
        var (webhook, first) = await _scene.AddWithDeliveryAsync();
        var id = webhook.Endpoint.Id;
        var test = await Service.TestAsync(Ann, id, Cancel);

        var page = await Service.DeliveriesAsync(Ann, id, null, null, 1, Cancel);
        page.HasMore.ShouldBeTrue();
        page.Deliveries.ShouldBe([test]);
        (await Service.DeliveriesAsync(Ann, id, "pending", test.Id, 1, Cancel)).Deliveries.ShouldBe([first]);
        (await Service.DeliveriesAsync(Ann, id, "Dead", null, 100, Cancel)).Deliveries.ShouldBeEmpty();
        await RefusedAsync("state", () => Service.DeliveriesAsync(Ann, id, "lost", null, 10, Cancel));
        await RefusedAsync("after", () => Service.DeliveriesAsync(Ann, id, null, "msg_nothing", 10, Cancel));
        await RefusedAsync("limit", () => Service.DeliveriesAsync(Ann, id, null, null, 0, Cancel));
        await RefusedAsync("limit", () => Service.DeliveriesAsync(Ann, id, null, null, 101, Cancel));
    }

    [Fact]
    public async Task ADisabledWebhook_IsNeitherTestedNorReplayed()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        var id = webhook.Endpoint.Id;
        await Service.UpdateAsync(Ann, id, new WebhookChange(Disabled: true), Cancel);

        await RefusedAsync("disabled", () => Service.TestAsync(Ann, id, Cancel));
        await RefusedAsync("disabled", () => Service.ReplayDeadAsync(Ann, id, Cancel));
        await RefusedAsync("disabled", () => Service.ReplayAsync(Ann, id, delivery.Id, Cancel));
    }

    [Fact]
    public async Task Tests_ThatWait_AreLimited()
    {
        var id = (await _scene.AddAsync()).Endpoint.Id;
        for (var n = 0; n < 5; n++)
        {
            await Service.TestAsync(Ann, id, Cancel);
        }

        (await Should.ThrowAsync<KinoraException>(() => Service.TestAsync(Ann, id, Cancel))).Code.ShouldBe(ErrorCodes.LimitReached);
        await _scene.PassAsync();
        await Service.TestAsync(Ann, id, Cancel);
    }

    private static async Task RefusedAsync(string field, Func<Task> call)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(call);
        (refusal.Code, refusal.Faults.ShouldHaveSingleItem().Field).ShouldBe((ErrorCodes.InvalidRequest, field));
    }
}
