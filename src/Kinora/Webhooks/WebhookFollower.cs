using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>Makes deliveries of stored events: one for each enabled webhook of the job's owner that wants it. Any number of processes may run one on the same store.</summary>
public sealed class WebhookFollower(IWebhookStore store, IRandomBytes random, WebhookOptions options, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Follows some events. False when there are no more now.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        if (await store.FollowAsync(Batch, cancel) is not { } feed || feed.To == feed.From)
        {
            return false;
        }

        // Where another process was faster, what it has left is looked at next.
        await store.AdvanceAsync(feed.From, feed.To, await DeliveriesAsync(feed.Ends, cancel), cancel);
        return true;
    }

    private async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(IReadOnlyList<JobEnd> ends, CancellationToken cancel)
    {
        var deliveries = new List<WebhookDelivery>();
        foreach (var ofOwner in ends.GroupBy(end => end.Owner))
        {
            var endpoints = (await store.ListAsync(ofOwner.Key, cancel)).Where(e => e.DisabledAt is null).ToList();
            foreach (var end in ofOwner)
            {
                var type = WebhookEvents.Of(end.Kind, end.Status);
                var wanting = endpoints.Where(e => e.AfterEvent < end.Sequence && e.Events.Contains(type)).ToList();
                if (wanting.Count > 0)
                {
                    var payload = WebhookPayload.Of(WebhookIds.Event(random), end);
                    deliveries.AddRange(wanting.Select(endpoint => New(endpoint, end, type, payload)));
                }
            }
        }

        return deliveries;
    }

    private WebhookDelivery New(WebhookEndpoint endpoint, JobEnd end, string type, string payload)
    {
        var now = time.GetUtcNow();
        return new WebhookDelivery
        {
            Id = WebhookIds.Delivery(random),
            EndpointId = endpoint.Id,
            Owner = endpoint.Owner,
            EventType = type,
            JobId = end.JobId,
            Payload = payload,
            NextAt = now,
            GiveUpAt = now + TimeSpan.FromHours(options.RetryHours),
            CreatedAt = now,
        };
    }
}
