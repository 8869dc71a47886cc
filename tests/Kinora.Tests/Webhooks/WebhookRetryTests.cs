using Kinora.Tests.Fakes;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>What becomes of deliveries that do not arrive.</summary>
public sealed class WebhookRetryTests : IAsyncDisposable
{
    private readonly WebhookScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task ATargetThatIsGoneForDays_IsTriedEverMoreRarely_UntilTheDeliveryIs72HoursOld()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        _scene.Say(null, "No connection could be made.");
        var tries = new List<TimeSpan>();

        WebhookDelivery now;
        while ((now = (await _scene.DeliveriesAsync(webhook))[0]).State == WebhookState.Pending)
        {
            _scene.Clock.AdvanceTo(now.NextAt);
            tries.Add(_scene.Clock.Now - delivery.CreatedAt);
            (await _scene.PassAsync()).ShouldBe(1);
        }

        now.State.ShouldBe(WebhookState.Dead);
        now.LastError.ShouldBe("No connection could be made.");
        now.Attempts.ShouldBe(tries.Count);
        tries[0].ShouldBe(TimeSpan.Zero);
        tries[^1].ShouldBe(TimeSpan.FromHours(72));
        var pauses = tries.Zip(tries.Skip(1), (a, b) => b - a).ToList();
        pauses[0].ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        pauses.Take(8).Zip(pauses.Skip(1)).ShouldAllBe(p => p.Second > p.First * 1.5);
        pauses[..^1].Max().ShouldBeInRange(WebhookRetry.Longest, WebhookRetry.Longest * 1.2);
        tries.Count.ShouldBeInRange(18, 22);
        _scene.Receivers.Sent.Select(m => m.Id).Distinct().ShouldBe([delivery.Id]);
        _scene.Receivers.Sent.Select(m => m.Body).Distinct().ShouldBe([delivery.Payload]);
        _scene.Receivers.Sent.Select(m => m.Timestamp).Distinct().Count().ShouldBe(tries.Count);
        _scene.Clock.Advance(TimeSpan.FromDays(3));
        (await _scene.PassAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task ADeadDelivery_ReplayedUnderItsId_Arrives_WithThreeNewDays()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        _scene.Say(503);
        _scene.Clock.Advance(TimeSpan.FromHours(80));
        await _scene.PassAsync();
        (await _scene.DeliveriesAsync(webhook))[0].State.ShouldBe(WebhookState.Dead);

        (await _scene.Service.ReplayDeadAsync(WebhookScene.Ann, webhook.Endpoint.Id, Cancel)).ShouldBe(1);
        await _scene.PassAsync();
        (await _scene.DeliveriesAsync(webhook))[0].State.ShouldBe(WebhookState.Pending);
        _scene.Say(200, null);
        (await _scene.Service.ReplayAsync(WebhookScene.Ann, webhook.Endpoint.Id, delivery.Id, Cancel)).Id.ShouldBe(delivery.Id);
        await _scene.PassAsync();

        var arrived = (await _scene.DeliveriesAsync(webhook))[0];
        (arrived.State, arrived.LastStatus, arrived.LastError, arrived.DeliveredAt).ShouldBe((WebhookState.Delivered, 200, null, _scene.Clock.Now));
        _scene.Receivers.Sent.Select(m => m.Id).Distinct().ShouldBe([delivery.Id]);
    }

    [Fact]
    public async Task AReceiverThatSays410_IsDisabled_AndHearsNothingMoreUntilItIsEnabled()
    {
        var (webhook, _) = await _scene.AddWithDeliveryAsync();
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        _scene.Say(410, "HTTP 410");

        (await _scene.PassAsync()).ShouldBe(1);
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        (await _scene.PassAsync()).ShouldBe(0);

        (await _scene.Service.GetAsync(WebhookScene.Ann, webhook.Endpoint.Id, Cancel)).DisabledAt.ShouldBe(_scene.Clock.Now);
        (await _scene.DeliveriesAsync(webhook)).Select(d => d.State).ShouldBe([WebhookState.Dead, WebhookState.Dead]);
        _scene.Say(200, null);
        await _scene.Service.UpdateAsync(WebhookScene.Ann, webhook.Endpoint.Id, new WebhookChange(Disabled: false), Cancel);
        (await _scene.PassAsync()).ShouldBe(0);
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        (await _scene.PassAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(600, 600, 720)]
    [InlineData(0, 5, 6)]
    public async Task ReceiversMayAskForALongerPause_NotForAShorterOne(int asked, int least, int most)
    {
        var (webhook, _) = await _scene.AddWithDeliveryAsync();
        _scene.Say(429, "HTTP 429", TimeSpan.FromSeconds(asked));

        await _scene.PassAsync();

        ((await _scene.DeliveriesAsync(webhook))[0].NextAt - _scene.Clock.Now).ShouldBeInRange(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
    }

    [Fact]
    public async Task ATestThatFails_IsNotTriedAgain_AndNotReplayedWithTheOthers()
    {
        var webhook = await _scene.AddAsync();
        _scene.Say(500, "HTTP 500");
        var test = await _scene.Service.TestAsync(WebhookScene.Ann, webhook.Endpoint.Id, Cancel);

        await _scene.PassAsync();

        var tried = await _scene.Service.DeliveryAsync(WebhookScene.Ann, webhook.Endpoint.Id, test.Id, Cancel);
        (tried.State, tried.EventType, tried.JobId, tried.LastStatus).ShouldBe((WebhookState.Dead, "webhook.test", null, 500));
        (await _scene.Service.ReplayDeadAsync(WebhookScene.Ann, webhook.Endpoint.Id, Cancel)).ShouldBe(0);
    }
}
