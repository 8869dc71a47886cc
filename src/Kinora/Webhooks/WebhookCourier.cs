using Kinora.Secrets;
using Microsoft.Extensions.Logging;

namespace Kinora.Webhooks;

/// <summary>Tries one claimed delivery and records what came of it.</summary>
public sealed partial class WebhookCourier(
    IWebhookStore store, IWebhookSender sender, ISecretBox box, WebhookRetry retry, TimeProvider time, ILogger<WebhookCourier> log)
{
    private const int Gone = 410;

    /// <summary>Never throws but what the store throws: then the lease runs out, and the delivery is tried again under the same id.</summary>
    /// <param name="stop">Breaks the try off; it is not counted.</param>
    public async Task TryAsync(WebhookClaim claim, CancellationToken stop)
    {
        WebhookAnswer answer;
        try
        {
            answer = await sender.SendAsync(Sign(claim), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await store.ReleaseAsync(claim, CancellationToken.None);
            return;
        }
        catch (Exception fault)
        {
            // The owner is told no more than that; the operator reads the log.
            NotSent(claim.Delivery.EndpointId, claim.Delivery.Id, fault);
            answer = new WebhookAnswer(null, "Something broke on our side; the log tells more.");
        }

        var result = Judge(claim, answer, time.GetUtcNow());
        if (await store.RecordAsync(result, CancellationToken.None))
        {
            Tell(result);
        }
    }

    private WebhookMessage Sign(WebhookClaim claim)
    {
        var (delivery, now) = (claim.Delivery, time.GetUtcNow().ToUnixTimeSeconds());
        var secrets = new[] { claim.Box, claim.OldBox }.OfType<string>().Select(sealedSecret => box.Open(sealedSecret, delivery.EndpointId));
        return new WebhookMessage(claim.Url, delivery.Id, now, WebhookSecret.Sign(secrets, delivery.Id, now, delivery.Payload), delivery.Payload);
    }

    private WebhookTry Judge(WebhookClaim claim, WebhookAnswer answer, DateTimeOffset now)
    {
        var state = answer.Status is >= 200 and < 300 ? WebhookState.Delivered
            : answer.Status == Gone || now >= claim.Delivery.GiveUpAt ? WebhookState.Dead
            : WebhookState.Pending;
        var next = now + retry.After(claim.Delivery.Attempts + 1, answer.RetryAfter);
        return new WebhookTry(claim, state, now)
        {
            NextAt = next < claim.Delivery.GiveUpAt ? next : claim.Delivery.GiveUpAt,
            Status = answer.Status,
            Error = state == WebhookState.Delivered ? null : answer.Error,
            Gone = answer.Status == Gone,
        };
    }

    private void Tell(WebhookTry result)
    {
        var delivery = result.Claim.Delivery;
        if (result.Gone)
        {
            Disabled(delivery.EndpointId);
        }
        else if (result.State == WebhookState.Dead)
        {
            GivenUp(delivery.EndpointId, delivery.Id, delivery.Attempts + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} of webhook {Endpoint} could not be sent")]
    private partial void NotSent(string endpoint, string delivery, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} of webhook {Endpoint} was given up after {Tries} tries")]
    private partial void GivenUp(string endpoint, string delivery, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Endpoint} answered 410 Gone and was disabled")]
    private partial void Disabled(string endpoint);
}
