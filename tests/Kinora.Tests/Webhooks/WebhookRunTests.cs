using Kinora.Tests.Fakes;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>The dispatcher at work: who waits for whom, how it stops, and what a dead process leaves.</summary>
public sealed class WebhookRunTests : IAsyncDisposable
{
    private readonly WebhookScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task TargetsThatHang_HoldAQuarterOfTheSlotsOfTheirOwner_AndDelayNobodyElse()
    {
        for (var n = 0; n < WebhookService.MostPerUser; n++)
        {
            await _scene.AddAsync($"https://hangs.test/{n}", "mallory");
        }

        var bob = await _scene.AddAsync("https://bob.test/", "bob");
        _scene.Receivers.Answer = async (message, cancel) =>
        {
            await Task.Delay(message.Url.Contains("hangs", StringComparison.Ordinal) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancel);
            return new WebhookAnswer(200, null);
        };
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => _scene.Dispatcher.RunAsync(stop.Token), Cancel);

        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now, "mallory");
        await Engine.UntilAsync(() => Task.FromResult(Hanging() == 4));
        for (var n = 0; n < 50; n++)
        {
            await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now, "bob");
        }

        await Engine.UntilAsync(async () => (await _scene.DeliveriesAsync(bob)).Count(d => d.State == WebhookState.Delivered) == 50);
        Hanging().ShouldBe(4);
        await stop.CancelAsync();
        await running;

        int Hanging() => _scene.Receivers.Sent.Count(m => m.Url.Contains("hangs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OfOneWebhook_NeverTwoAreUnderWay_WithTwoProcessesEither()
    {
        var webhook = await _scene.AddAsync();
        var (now, most) = (0, 0);
        _scene.Receivers.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new WebhookAnswer(200, null);
        };
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now))));
        using var other = _scene.NewDispatcher(_scene.OpenStore());
        using var stop = new CancellationTokenSource();

        var running = Task.WhenAll(Task.Run(() => _scene.Dispatcher.RunAsync(stop.Token), Cancel), Task.Run(() => other.RunAsync(stop.Token), Cancel));
        await Engine.UntilAsync(async () => (await _scene.DeliveriesAsync(webhook)).Count(d => d.State == WebhookState.Delivered) == 100);
        await stop.CancelAsync();
        await running;

        most.ShouldBe(1);
        _scene.Receivers.Sent.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Stopped_WhileATryHangs_BreaksItOff_UncountedAndDueAtOnce()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        _scene.Receivers.Answer = async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            throw new InvalidOperationException();
        };
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => _scene.Dispatcher.RunAsync(stop.Token), Cancel);
        await Engine.UntilAsync(() => Task.FromResult(_scene.Receivers.Sent.Count == 1));

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        (await _scene.DeliveriesAsync(webhook)).ShouldBe([delivery]);
        _scene.Say(200, null);
        (await _scene.PassAsync()).ShouldBe(1);
        _scene.Receivers.Sent.Select(m => m.Id).Distinct().ShouldBe([delivery.Id]);
    }

    [Fact]
    public async Task WhatEndedJustBeforeTheStop_IsStillSent()
    {
        await _scene.AddAsync();
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);

        await _scene.Dispatcher.RunAsync(new CancellationToken(canceled: true));

        _scene.Receivers.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AProcessThatDiedInATry_LeavesItToAnother_UnderTheSameId()
    {
        var (webhook, delivery) = await _scene.AddWithDeliveryAsync();
        var now = _scene.Clock.Now;
        await _scene.OpenStore().ClaimAsync([webhook.Endpoint.Id], now, now.AddMinutes(1), Cancel);

        (await _scene.PassAsync()).ShouldBe(0);
        _scene.Clock.Advance(TimeSpan.FromMinutes(1));
        (await _scene.PassAsync()).ShouldBe(1);

        _scene.Receivers.Sent.ShouldHaveSingleItem().Id.ShouldBe(delivery.Id);
    }

    [Fact]
    public async Task OldDeliveries_AreForgotten()
    {
        var (webhook, _) = await _scene.AddWithDeliveryAsync();
        await _scene.PassAsync();
        _scene.Clock.Advance(TimeSpan.FromDays(31));

        await _scene.Dispatcher.RunAsync(new CancellationToken(canceled: true));

        (await _scene.DeliveriesAsync(webhook)).ShouldBeEmpty();
    }

    [Fact]
    public void Slots_KeepHalfForThoseThatWork_AndThreeQuartersForOtherUsers()
    {
        var slots = new WebhookSlots(16);
        var failing = Enumerable.Range(0, 100).Select(n => new WebhookLane($"wh_{n}", $"user{n}", Failing: true)).ToList();
        var ofOne = Enumerable.Range(200, 20).Select(n => new WebhookLane($"wh_{n}", "ann", Failing: false)).ToList();
        var fine = Enumerable.Range(300, 20).Select(n => new WebhookLane($"wh_{n}", $"user{n}", Failing: false)).ToList();

        var chosen = slots.Choose([.. failing, .. ofOne, .. fine]);

        chosen.ShouldBe([.. failing[..8], .. ofOne[..4], .. fine[..4]]);
        foreach (var lane in chosen)
        {
            slots.Take(lane);
        }

        slots.Free.ShouldBe(0);
        slots.Choose(fine).ShouldBeEmpty();
        slots.GiveBack(failing[0]);
        slots.Choose([failing[50], ofOne[5]]).ShouldBe([failing[50]]);
        new WebhookSlots(1).Choose([failing[0], fine[0]]).ShouldBe([failing[0]]);
    }
}
