using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Secrets;

namespace Kinora.Webhooks;

/// <summary>
/// Webhooks as their owners deal with them. Every method knows the caller's own only: another's id reads like an unknown one (<c>not_found</c>).
/// </summary>
public sealed class WebhookService(IWebhookStore store, IWebhookSender sender, ISecretBox box, IRandomBytes random, WebhookOptions options, TimeProvider time)
{
    /// <summary>Webhooks a user may have at once.</summary>
    public const int MostPerUser = 20;

    /// <summary>Most deliveries in a page.</summary>
    public const int LargestPage = 100;

    /// <summary>How long deliveries are signed with the old secret too after a new one was made.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromHours(24);

    private const int MostTests = 5;

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(Caller caller, CancellationToken cancel) => store.ListAsync(caller.UserId, cancel);

    /// <summary>Makes a webhook; events from now on are sent to it.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c> with the fields <c>url</c>, <c>events</c>, <c>description</c>; <c>limit_reached</c>.</exception>
    public async Task<NewWebhook> CreateAsync(Caller caller, WebhookDraft draft, CancellationToken cancel)
    {
        var events = draft.Events ?? WebhookEvents.All;
        WebhookRules.Check(new WebhookChange(draft.Url, events, draft.Description), sender);
        var endpoint = new WebhookEndpoint
        {
            Id = WebhookIds.Endpoint(random),
            Owner = caller.UserId,
            Url = draft.Url,
            Description = WebhookRules.Trim(draft.Description),
            Events = WebhookRules.InOrder(events),
            CreatedAt = time.GetUtcNow(),
        };
        var secret = WebhookSecret.New(random);
        return await store.CreateAsync(endpoint, box.Seal(secret, endpoint.Id), MostPerUser, cancel)
            ? new NewWebhook(endpoint, secret)
            : throw new KinoraException(ErrorCodes.LimitReached, $"There are {MostPerUser} webhooks already, the most a user may have. Delete one first.");
    }

    public async Task<WebhookEndpoint> GetAsync(Caller caller, string id, CancellationToken cancel) =>
        await store.GetAsync(id, caller.UserId, cancel) ?? throw NotFound();

    /// <summary>Changes what is not null. Disabling gives up what is pending; enabling starts with events from now on.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c> as for <see cref="CreateAsync"/>.</exception>
    public async Task<WebhookEndpoint> UpdateAsync(Caller caller, string id, WebhookChange change, CancellationToken cancel)
    {
        WebhookRules.Check(change, sender);
        var now = time.GetUtcNow();
        return await store.ChangeAsync(id, caller.UserId, Apply, cancel) ?? throw NotFound();

        WebhookEndpoint Apply(WebhookEndpoint endpoint) => endpoint with
        {
            Url = change.Url ?? endpoint.Url,
            Events = change.Events is { } events ? WebhookRules.InOrder(events) : endpoint.Events,
            Description = change.Description is { } text ? WebhookRules.Trim(text) : endpoint.Description,
            DisabledAt = change.Disabled switch
            {
                true => endpoint.DisabledAt ?? now,
                false => null,
                null => endpoint.DisabledAt,
            },
        };
    }

    /// <summary>Removes it with all its deliveries.</summary>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancel)
    {
        if (!await store.DeleteAsync(id, caller.UserId, cancel))
        {
            throw NotFound();
        }
    }

    /// <summary>Makes a new secret. For <see cref="SecretOverlap"/> every delivery carries a signature by each of the two.</summary>
    public async Task<NewWebhook> RotateSecretAsync(Caller caller, string id, CancellationToken cancel)
    {
        var secret = WebhookSecret.New(random);
        var endpoint = await store.RotateAsync(id, caller.UserId, box.Seal(secret, id), time.GetUtcNow() + SecretOverlap, cancel) ?? throw NotFound();
        return new NewWebhook(endpoint, secret);
    }

    /// <summary>A page of its deliveries, newest first.</summary>
    /// <param name="state">A word of <see cref="WebhookStateWords.All"/>, or null for all.</param>
    /// <param name="after">Id of the last delivery of the page before.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c> with the fields <c>state</c>, <c>after</c>, <c>limit</c>.</exception>
    public async Task<WebhookDeliveryPage> DeliveriesAsync(Caller caller, string id, string? state, string? after, int limit, CancellationToken cancel)
    {
        await GetAsync(caller, id, cancel);
        var wanted = state is null ? null : WebhookStateWords.FromWord(state);
        if (wanted is null && state is not null)
        {
            throw Invalid("state", $"A state is one of {string.Join(", ", WebhookStateWords.All)}.");
        }

        if (limit is < 1 or > LargestPage)
        {
            throw Invalid("limit", $"A page has 1 to {LargestPage} deliveries.");
        }

        if (after is not null && await store.GetDeliveryAsync(after, id, caller.UserId, cancel) is null)
        {
            throw Invalid("after", "There is no delivery with that id to go on from.");
        }

        return await store.DeliveriesAsync(new WebhookDeliveryQuery(id, caller.UserId, limit, wanted, after), cancel);
    }

    public async Task<WebhookDelivery> DeliveryAsync(Caller caller, string id, string deliveryId, CancellationToken cancel) =>
        await store.GetDeliveryAsync(deliveryId, id, caller.UserId, cancel) ?? throw KinoraException.NotFound("delivery");

    /// <summary>Sends one delivery again now, under its old id, whatever its state.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: the webhook is disabled.</exception>
    public async Task<WebhookDelivery> ReplayAsync(Caller caller, string id, string deliveryId, CancellationToken cancel)
    {
        await EnabledAsync(caller, id, cancel);
        var now = time.GetUtcNow();
        return await store.ReplayAsync(id, caller.UserId, deliveryId, now, GiveUpAt(now), cancel) > 0
            ? await DeliveryAsync(caller, id, deliveryId, cancel)
            : throw KinoraException.NotFound("delivery");
    }

    /// <summary>Sends all that were given up again, under their old ids; tests not. Returns how many.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: the webhook is disabled.</exception>
    public async Task<int> ReplayDeadAsync(Caller caller, string id, CancellationToken cancel)
    {
        await EnabledAsync(caller, id, cancel);
        var now = time.GetUtcNow();
        return await store.ReplayAsync(id, caller.UserId, deliveryId: null, now, GiveUpAt(now), cancel);
    }

    /// <summary>Sends <see cref="WebhookEvents.Test"/>, once: a test that fails is given up. <see cref="DeliveryAsync"/> tells what came of it.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: the webhook is disabled. <c>limit_reached</c>: too many tests are waiting.</exception>
    public async Task<WebhookDelivery> TestAsync(Caller caller, string id, CancellationToken cancel)
    {
        await EnabledAsync(caller, id, cancel);
        var now = time.GetUtcNow();
        var test = new WebhookDelivery
        {
            Id = WebhookIds.Delivery(random),
            EndpointId = id,
            Owner = caller.UserId,
            EventType = WebhookEvents.Test,
            Payload = WebhookPayload.Test(WebhookIds.Event(random), id, now),
            NextAt = now,
            GiveUpAt = now,
            CreatedAt = now,
        };
        return await store.AddAsync(test, MostTests, cancel)
            ? test
            : throw new KinoraException(ErrorCodes.LimitReached, $"{MostTests} tests of this webhook are waiting to be sent. Wait for them first.");
    }

    private DateTimeOffset GiveUpAt(DateTimeOffset now) => now + TimeSpan.FromHours(options.RetryHours);

    private async Task EnabledAsync(Caller caller, string id, CancellationToken cancel)
    {
        if ((await GetAsync(caller, id, cancel)).DisabledAt is not null)
        {
            throw Invalid("disabled", "The webhook is disabled. Enable it first.");
        }
    }

    private static KinoraException NotFound() => KinoraException.NotFound("webhook");

    private static KinoraException Invalid(string field, string text) => KinoraException.Invalid([new Fault(field, text)]);
}
