namespace Kinora.Webhooks;

/// <summary>
/// The durable truth about webhooks, their secrets and deliveries, and how far the stored events were followed. Safe for many threads, and for many processes
/// on one database. What returns has committed; what is marked <i>durable</i> has reached the disk too. An owner's method knows nothing of others' webhooks.
/// </summary>
public interface IWebhookStore
{
    /// <summary>
    /// Stores a new webhook. Durable. False, and nothing stored, when its owner has <paramref name="most"/> already. Only events from now on are for it; the first
    /// webhook of all sets the place from which events are followed.
    /// </summary>
    /// <param name="box">Its secret, sealed.</param>
    Task<bool> CreateAsync(WebhookEndpoint endpoint, string box, int most, CancellationToken cancel);

    /// <summary>An owner's webhooks, oldest first.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string owner, CancellationToken cancel);

    /// <summary>Null when unknown or of another owner.</summary>
    Task<WebhookEndpoint?> GetAsync(string id, string owner, CancellationToken cancel);

    /// <summary>
    /// Changes address, description, events and <see cref="WebhookEndpoint.DisabledAt"/> in one commit with what was read. Durable. One that is disabled by it
    /// gives up its pending deliveries; one that is enabled gets events from now on. Null when unknown or of another owner.
    /// </summary>
    /// <param name="change">May be called more than once.</param>
    Task<WebhookEndpoint?> ChangeAsync(string id, string owner, Func<WebhookEndpoint, WebhookEndpoint> change, CancellationToken cancel);

    /// <summary>Gives it a new secret; the present one is signed with too until then. Durable. Null when unknown or of another owner.</summary>
    Task<WebhookEndpoint?> RotateAsync(string id, string owner, string box, DateTimeOffset oldUntil, CancellationToken cancel);

    /// <summary>Removes it with all its deliveries. Durable. False when unknown or of another owner.</summary>
    Task<bool> DeleteAsync(string id, string owner, CancellationToken cancel);

    /// <summary>The next stored events to follow. Null when there is no webhook at all: nobody wants to know.</summary>
    /// <param name="limit">Most events looked at.</param>
    Task<WebhookFeed?> FollowAsync(int limit, CancellationToken cancel);

    /// <summary>
    /// Moves the place from which events are followed and stores the deliveries made of those passed, in one commit. Durable when there are deliveries. False, and
    /// nothing stored, when another process has moved it. Deliveries to a webhook that is gone or disabled by now are left out.
    /// </summary>
    Task<bool> AdvanceAsync(long from, long to, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancel);

    /// <summary>Enabled webhooks with a delivery due and none under way, the one longest not served first.</summary>
    Task<IReadOnlyList<WebhookLane>> DueAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Takes the delivery of each named webhook that is due the longest, and leases the webhook until then: nobody else sends to it meanwhile. Those that
    /// somebody else took, or with nothing due, are left out.
    /// </summary>
    Task<IReadOnlyList<WebhookClaim>> ClaimAsync(IReadOnlyList<string> endpoints, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel);

    /// <summary>Records what came of a try and ends the lease. False, and nothing written, when the lease was lost or the webhook deleted.</summary>
    Task<bool> RecordAsync(WebhookTry result, CancellationToken cancel);

    /// <summary>Ends a lease as if nothing had been tried.</summary>
    Task ReleaseAsync(WebhookClaim claim, CancellationToken cancel);

    /// <summary>Stores a delivery of its own, a test. Durable. False, and nothing stored, when the webhook is gone or disabled, or has so many of that type pending.</summary>
    Task<bool> AddAsync(WebhookDelivery delivery, int most, CancellationToken cancel);

    /// <summary>Null when unknown, of another webhook or another owner.</summary>
    Task<WebhookDelivery?> GetDeliveryAsync(string id, string endpointId, string owner, CancellationToken cancel);

    /// <summary>A page of deliveries, newest first.</summary>
    Task<WebhookDeliveryPage> DeliveriesAsync(WebhookDeliveryQuery query, CancellationToken cancel);

    /// <summary>
    /// Makes deliveries due now, under their old ids, with no tries counted: the one named, whatever its state, or else all dead ones but tests. Durable. Returns
    /// how many; none of a disabled webhook.
    /// </summary>
    Task<int> ReplayAsync(string endpointId, string owner, string? deliveryId, DateTimeOffset now, DateTimeOffset giveUpAt, CancellationToken cancel);

    /// <summary>Removes deliveries that arrived or were given up and were made before then.</summary>
    Task PurgeAsync(DateTimeOffset before, CancellationToken cancel);
}

/// <summary>Events to follow.</summary>
/// <param name="From">The last event followed so far.</param>
/// <param name="To">The last event looked at; the same when there is none.</param>
/// <param name="Ends">Those of them that tell of an end, in order; also of jobs deleted since.</param>
public sealed record WebhookFeed(long From, long To, IReadOnlyList<JobEnd> Ends);

/// <param name="Failing">Its last try failed.</param>
public sealed record WebhookLane(string EndpointId, string Owner, bool Failing);

/// <summary>The right to try one delivery.</summary>
/// <param name="Box">The secret, sealed.</param>
/// <param name="OldBox">The secret before, while it is still signed with.</param>
public sealed record WebhookClaim(WebhookDelivery Delivery, string Url, string Box, string? OldBox, long Fence);

/// <summary>What came of one try.</summary>
/// <param name="State">Pending: to be tried again.</param>
public sealed record WebhookTry(WebhookClaim Claim, WebhookState State, DateTimeOffset At)
{
    /// <summary>When it is tried again, while pending.</summary>
    public DateTimeOffset NextAt { get; init; }

    public int? Status { get; init; }

    public string? Error { get; init; }

    /// <summary>The webhook wants nothing any more: it is disabled, as by <see cref="IWebhookStore.ChangeAsync"/>.</summary>
    public bool Gone { get; init; }
}

/// <param name="After">Only deliveries older than this one.</param>
/// <param name="Limit">1 to 1,000.</param>
public sealed record WebhookDeliveryQuery(string EndpointId, string Owner, int Limit, WebhookState? State = null, string? After = null);

public sealed record WebhookDeliveryPage(IReadOnlyList<WebhookDelivery> Deliveries, bool HasMore);
