using System.Globalization;
using Kinora.Generation;
using Kinora.Webhooks;

namespace Kinora.Adapters.Sql;

/// <summary>Webhooks and the place in the events in SQL. Their deliveries are in <see cref="SqlWebhookDeliveries"/>.</summary>
internal sealed class SqlWebhookStore(ISqlDatabase database) : IWebhookStore
{
    private const string NewestEvent = "(SELECT COALESCE(MAX(seq), 0) FROM events)";

    private readonly SqlWebhookDeliveries _deliveries = new(database);

    public Task<bool> CreateAsync(WebhookEndpoint endpoint, string box, int most, CancellationToken cancel) =>
        database.WriteAsync(session => Create(session, endpoint, box, most), durable: true, cancel);

    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string owner, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<WebhookEndpoint>>(
            session => session.Query(
                $"SELECT {WebhookRow.EndpointColumns} FROM webhook_endpoints WHERE owner = @owner ORDER BY seq", WebhookRow.ReadEndpoint, ("@owner", owner)),
            cancel);

    public Task<WebhookEndpoint?> GetAsync(string id, string owner, CancellationToken cancel) => database.ReadAsync(session => Get(session, id, owner), cancel);

    public Task<WebhookEndpoint?> ChangeAsync(string id, string owner, Func<WebhookEndpoint, WebhookEndpoint> change, CancellationToken cancel) =>
        database.WriteAsync(session => Get(session, id, owner) is { } before ? Change(session, before, change(before)) : null, durable: true, cancel);

    public Task<WebhookEndpoint?> RotateAsync(string id, string owner, string box, DateTimeOffset oldUntil, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Query(
                $"UPDATE webhook_endpoints SET old_secret = secret, old_until = @until, secret = @box WHERE id = @id AND owner = @owner RETURNING {WebhookRow.EndpointColumns}",
                WebhookRow.ReadEndpoint,
                ("@until", oldUntil.Millis()), ("@box", box), ("@id", id), ("@owner", owner)).FirstOrDefault(),
            durable: true,
            cancel);

    public Task<bool> DeleteAsync(string id, string owner, CancellationToken cancel) =>
        database.WriteAsync(
            session =>
            {
                if (session.Execute("DELETE FROM webhook_endpoints WHERE id = @id AND owner = @owner", ("@id", id), ("@owner", owner)) == 0)
                {
                    return false;
                }

                session.Execute("DELETE FROM webhook_deliveries WHERE endpoint_id = @id", ("@id", id));
                return true;
            },
            durable: true,
            cancel);

    public Task<WebhookFeed?> FollowAsync(int limit, CancellationToken cancel) => database.ReadAsync(session => Follow(session, limit), cancel);

    public Task<bool> AdvanceAsync(long from, long to, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancel) =>
        database.WriteAsync(
            session =>
            {
                if (session.Execute("UPDATE webhook_cursor SET seq = @to WHERE id = 1 AND seq = @from", ("@to", to), ("@from", from)) == 0)
                {
                    return false;
                }

                foreach (var delivery in deliveries)
                {
                    WebhookRow.Insert(session, delivery);
                }

                return true;
            },
            durable: deliveries.Count > 0,
            cancel);

    public Task<IReadOnlyList<WebhookLane>> DueAsync(DateTimeOffset now, CancellationToken cancel) => _deliveries.DueAsync(now, cancel);

    public Task<IReadOnlyList<WebhookClaim>> ClaimAsync(IReadOnlyList<string> endpoints, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        _deliveries.ClaimAsync(endpoints, now, until, cancel);

    public Task<bool> RecordAsync(WebhookTry result, CancellationToken cancel) => _deliveries.RecordAsync(result, cancel);

    public Task ReleaseAsync(WebhookClaim claim, CancellationToken cancel) => _deliveries.ReleaseAsync(claim, cancel);

    public Task<bool> AddAsync(WebhookDelivery delivery, int most, CancellationToken cancel) => _deliveries.AddAsync(delivery, most, cancel);

    public Task<WebhookDelivery?> GetDeliveryAsync(string id, string endpointId, string owner, CancellationToken cancel) => _deliveries.GetAsync(id, endpointId, owner, cancel);

    public Task<WebhookDeliveryPage> DeliveriesAsync(WebhookDeliveryQuery query, CancellationToken cancel) => _deliveries.ListAsync(query, cancel);

    public Task<int> ReplayAsync(string endpointId, string owner, string? deliveryId, DateTimeOffset now, DateTimeOffset giveUpAt, CancellationToken cancel) =>
        _deliveries.ReplayAsync(endpointId, owner, deliveryId, now, giveUpAt, cancel);

    public Task PurgeAsync(DateTimeOffset before, CancellationToken cancel) => _deliveries.PurgeAsync(before, cancel);

    private static bool Create(SqlSession session, WebhookEndpoint endpoint, string box, int most)
    {
        var there = session.Scalar("SELECT COUNT(*) FROM webhook_endpoints WHERE owner = @owner", ("@owner", endpoint.Owner));
        if (Convert.ToInt64(there, CultureInfo.InvariantCulture) >= most)
        {
            return false;
        }

        // While there is no webhook nobody follows the events: the old place is far behind by now.
        session.Execute(
            $"""
             INSERT INTO webhook_cursor (id, seq) SELECT 1, {NewestEvent} WHERE NOT EXISTS (SELECT 1 FROM webhook_endpoints)
             ON CONFLICT (id) DO UPDATE SET seq = excluded.seq
             """);
        session.Execute(
            $"""
             INSERT INTO webhook_endpoints ({WebhookRow.EndpointColumns}, secret)
             VALUES (@id, @owner, @url, @description, @events, @created, @disabled, {NewestEvent}, @box)
             """,
            ("@id", endpoint.Id), ("@owner", endpoint.Owner), ("@url", endpoint.Url), ("@description", endpoint.Description),
            ("@events", string.Join(',', endpoint.Events)), ("@created", endpoint.CreatedAt.Millis()), ("@disabled", endpoint.DisabledAt.Millis()), ("@box", box));
        return true;
    }

    private static WebhookEndpoint? Get(SqlSession session, string id, string owner) =>
        session.Query(
            $"SELECT {WebhookRow.EndpointColumns} FROM webhook_endpoints WHERE id = @id AND owner = @owner", WebhookRow.ReadEndpoint, ("@id", id), ("@owner", owner)).FirstOrDefault();

    private static WebhookEndpoint? Change(SqlSession session, WebhookEndpoint before, WebhookEndpoint after)
    {
        session.Execute(
            "UPDATE webhook_endpoints SET url = @url, description = @description, events = @events, disabled_at = @disabled WHERE id = @id",
            ("@url", after.Url), ("@description", after.Description), ("@events", string.Join(',', after.Events)), ("@disabled", after.DisabledAt.Millis()),
            ("@id", before.Id));
        if (before.DisabledAt is null && after.DisabledAt is not null)
        {
            WebhookRow.GiveUpPending(session, before.Id);
        }
        else if (before.DisabledAt is not null && after.DisabledAt is null)
        {
            session.Execute($"UPDATE webhook_endpoints SET after_event = {NewestEvent}, failures = 0 WHERE id = @id", ("@id", before.Id));
        }

        return Get(session, before.Id, before.Owner);
    }

    private static WebhookFeed? Follow(SqlSession session, int limit)
    {
        if (session.Scalar("SELECT seq FROM webhook_cursor WHERE id = 1 AND EXISTS (SELECT 1 FROM webhook_endpoints)") is not { } place)
        {
            return null;
        }

        var from = Convert.ToInt64(place, CultureInfo.InvariantCulture);
        var events = session.Query(
            """
            SELECT e.seq, e.job_id, e.owner, e.type, e.at, e.data, j.kind FROM events e JOIN jobs j ON j.id = e.job_id
            WHERE e.seq > @seq ORDER BY e.seq LIMIT @limit
            """,
            row => (Event: JobRow.ReadEvent(row), Kind: Enum.Parse<MediaKind>(row.GetString(6), ignoreCase: true)),
            ("@seq", from), ("@limit", limit));
        return events.Count == 0
            ? new WebhookFeed(from, from, [])
            : new WebhookFeed(from, events[^1].Event.Sequence, [.. events.Select(e => JobEnd.Of(e.Event, e.Kind)).OfType<JobEnd>()]);
    }
}
