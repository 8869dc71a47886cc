using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Secrets;
using Kinora.Tests.Fakes;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>From a stored event to a receiver: what is sent to whom, once.</summary>
public sealed class WebhookDispatcherTests : IAsyncDisposable
{
    private readonly WebhookScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task AnEnd_GoesToEveryWebhookOfItsOwnerThatWantsIt()
    {
        await _scene.AddAsync("https://all.test/");
        await _scene.AddAsync("https://completed.test/", "ann", "video.completed");
        await _scene.AddAsync("https://pictures.test/", "ann", "image.failed", "image.completed");
        await _scene.AddAsync("https://bob.test/", "bob");

        await TestEnds.CompleteAsync(_scene.Jobs, _scene.Clock.Now);
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        await TestEnds.CompleteAsync(_scene.Jobs, _scene.Clock.Now, kind: MediaKind.Image);
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now, "carol");
        await _scene.PassAsync();

        SentTo("https://all.test/").ShouldBe(["video.completed", "video.failed", "image.completed"]);
        SentTo("https://completed.test/").ShouldBe(["video.completed"]);
        SentTo("https://pictures.test/").ShouldBe(["image.completed"]);
        SentTo("https://bob.test/").ShouldBeEmpty();
        (await _scene.PassAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task ThePayload_IsOpenAisShape_WithOurFactsUnderOneKey()
    {
        var webhook = await _scene.AddAsync();
        var done = await TestEnds.CompleteAsync(_scene.Jobs, _scene.Clock.Now, kind: MediaKind.Image);
        var failed = await TestEnds.FailAsync(_scene.Jobs, _scene.Clock.Now, "content_policy", "They said \"no\".");
        await _scene.PassAsync();

        var bodies = _scene.Receivers.Sent.Select(m => JsonDocument.Parse(m.Body).RootElement).ToList();
        var (one, two) = (bodies[0], bodies[1]);
        one.GetProperty("id").GetString()!.ShouldMatch("^evt_[0-9a-f]{32}$");
        one.ToString().ShouldBe(
            $$$"""{"id":"{{{one.GetProperty("id")}}}","object":"event","type":"image.completed","created_at":{{{_scene.Clock.Now.ToUnixTimeSeconds()}}},"data":{"id":"image_{{{done.Hex}}}"},"kinora":{"status":"completed","image_id":"{{{done.Uuid}}}"}}""");
        two.GetProperty("type").GetString().ShouldBe("video.failed");
        two.GetProperty("data").ToString().ShouldBe($$"""{"id":"video_{{failed.Hex}}"}""");
        two.GetProperty("kinora").GetProperty("status").GetString().ShouldBe("failed");
        two.GetProperty("kinora").GetProperty("video_id").GetString().ShouldBe(failed.Uuid);
        two.GetProperty("kinora").GetProperty("error").GetProperty("code").GetString().ShouldBe("content_policy");
        two.GetProperty("kinora").GetProperty("error").GetProperty("message").GetString().ShouldBe("They said \"no\".");
        (await _scene.DeliveriesAsync(webhook)).Select(d => (d.Payload, d.State, d.JobId, d.LastStatus)).ShouldBe(
        [
            (_scene.Receivers.Sent.Last().Body, WebhookState.Delivered, failed, 200),
            (_scene.Receivers.Sent.First().Body, WebhookState.Delivered, done, 200),
        ]);
    }

    [Theory]
    [InlineData(JobStatus.Failed, "provider_error")]
    [InlineData(JobStatus.Expired, "expired")]
    [InlineData(JobStatus.SubmissionUnknown, "submission_unknown")]
    public async Task EveryEndWithoutAResult_IsAFailure_ThatNamesItself(JobStatus end, string code)
    {
        await _scene.AddAsync();

        await TestEnds.FailAsync(_scene.Jobs, _scene.Clock.Now, code, "why", end);
        await _scene.PassAsync();

        var body = JsonDocument.Parse(_scene.Receivers.Sent.ShouldHaveSingleItem().Body).RootElement;
        body.GetProperty("type").GetString().ShouldBe("video.failed");
        body.GetProperty("kinora").GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task TwoProcesses_SendEachOfAThousandEventsOnceToEachWebhook()
    {
        NewWebhook[] webhooks = [await _scene.AddAsync("https://a.test/"), await _scene.AddAsync("https://b.test/"), await _scene.AddAsync("https://c.test/")];
        var jobs = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now))));
        using var other = _scene.NewDispatcher(_scene.OpenStore());

        await Task.WhenAll(Task.Run(_scene.PassAsync), Task.Run(() => other.PassAsync(Cancel)));
        await _scene.PassAsync();

        foreach (var webhook in webhooks)
        {
            var sent = _scene.Receivers.Sent.Where(m => m.Url == webhook.Endpoint.Url).ToList();
            sent.Select(m => JsonDocument.Parse(m.Body).RootElement.GetProperty("data").GetProperty("id").GetString()).ShouldBe(jobs.Select(j => j.ToString()), ignoreOrder: true);
            sent.DistinctBy(m => m.Id).Count().ShouldBe(1_000);
            (await _scene.DeliveriesAsync(webhook)).ShouldAllBe(d => d.State == WebhookState.Delivered && d.Attempts == 1);
        }
    }

    [Fact]
    public async Task WhatHappenedBefore_IsNotSent_NotEvenToAWebhookThatComesLater()
    {
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        await _scene.AddAsync("https://a.test/");
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        await _scene.AddAsync("https://b.test/");

        await _scene.PassAsync();

        _scene.Receivers.Sent.ShouldHaveSingleItem().Url.ShouldBe("https://a.test/");
    }

    [Fact]
    public async Task AJobDeletedMeanwhile_IsToldAllTheSame()
    {
        await _scene.AddAsync();
        var job = await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);
        await _scene.Jobs.DeleteAsync(job, "ann", Cancel);

        await _scene.PassAsync();

        _scene.Receivers.Sent.ShouldHaveSingleItem().Body.ShouldContain(job.ToString());
    }

    [Fact]
    public async Task AWebhookDeletedOrDisabledMeanwhile_GetsNothing()
    {
        var (deleted, _) = await _scene.AddWithDeliveryAsync("https://a.test/");
        var (disabled, _) = await _scene.AddWithDeliveryAsync("https://b.test/");
        await _scene.Service.DeleteAsync(WebhookScene.Ann, deleted.Endpoint.Id, Cancel);
        await _scene.Service.UpdateAsync(WebhookScene.Ann, disabled.Endpoint.Id, new WebhookChange(Disabled: true), Cancel);
        await TestEnds.CancelAsync(_scene.Jobs, _scene.Clock.Now);

        await _scene.PassAsync();

        _scene.Receivers.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSignature_IsThatOfTheSecretShown_AndForADayOfTheOldOneToo()
    {
        var first = await _scene.AddAsync();
        var second = await _scene.Service.RotateSecretAsync(WebhookScene.Ann, first.Endpoint.Id, Cancel);
        first.Secret.ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        second.Secret.ShouldNotBe(first.Secret);

        await _scene.Service.TestAsync(WebhookScene.Ann, first.Endpoint.Id, Cancel);
        await _scene.PassAsync();
        _scene.Clock.Advance(WebhookService.SecretOverlap);
        await _scene.Service.TestAsync(WebhookScene.Ann, first.Endpoint.Id, Cancel);
        await _scene.PassAsync();

        var (early, late) = (_scene.Receivers.Sent.First(), _scene.Receivers.Sent.Last());
        early.Signature.ShouldBe($"{Signature(second.Secret, early)} {Signature(first.Secret, early)}");
        late.Signature.ShouldBe(Signature(second.Secret, late));
        late.Timestamp.ShouldBe(_scene.Clock.Now.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task ASecretThatCannotBeRead_IsAFailedTry_AndNothingIsSent()
    {
        var (webhook, _) = await _scene.AddWithDeliveryAsync();
        using var keyless = _scene.NewDispatcher(_scene.Store, new ClosedBox());

        await keyless.PassAsync(Cancel);

        _scene.Receivers.Sent.ShouldBeEmpty();
        var delivery = (await _scene.DeliveriesAsync(webhook)).ShouldHaveSingleItem();
        (delivery.State, delivery.Attempts, delivery.LastError).ShouldBe((WebhookState.Pending, 1, "Something broke on our side; the log tells more."));
    }

    private IEnumerable<string?> SentTo(string url) =>
        _scene.Receivers.Sent.Where(m => m.Url == url).Select(m => JsonDocument.Parse(m.Body).RootElement.GetProperty("type").GetString());

    private static string Signature(string secret, WebhookMessage message) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")));

    private sealed class ClosedBox : ISecretBox
    {
        public string Seal(string secret, string purpose) => throw new NotSupportedException();

        public string Open(string box, string purpose) => throw new KinoraException(ErrorCodes.ConfigurationInvalid, "no key");
    }
}
