using System.Globalization;
using Kinora.Webhooks;

namespace Kinora.Adapters.Sql;

/// <summary>Deliveries of webhooks in SQL. The lease is on the webhook, so that it never has two under way.</summary>
internal sealed class SqlWebhookDeliveries(ISqlDatabase database)
{
    public Task<IReadOnlyList<WebhookLane>> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<WebhookLane>>(
            session => session.Query(
                """
                SELECT id, owner, failures FROM webhook_endpoints e
                WHERE disabled_at IS NULL AND (leased_until IS NULL OR leased_until <= @now)
                    AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'pending' AND d.next_at <= @now)
                ORDER BY served_at, seq
                """,
                row => new WebhookLane(row.GetString(0), row.GetString(1), row.GetInt64(2) > 0),
                ("@now", now.Millis())),
            cancel);

    public Task<IReadOnlyList<WebhookClaim>> ClaimAsync(IReadOnlyList<string> endpoints, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<WebhookClaim>>(
            session => [.. endpoints.Select(id => Claim(session, id, now, until)).OfType<WebhookClaim>()], durable: false, cancel);

    public Task<bool> RecordAsync(WebhookTry result, CancellationToken cancel) => database.WriteAsync(session => Record(session, result), durable: false, cancel);

    public Task ReleaseAsync(WebhookClaim claim, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE webhook_endpoints SET leased_until = NULL WHERE id = @id AND fence = @fence", ("@id", claim.Delivery.EndpointId), ("@fence", claim.Fence)),
            durable: false,
            cancel);

    public Task<bool> AddAsync(WebhookDelivery delivery, int most, CancellationToken cancel) =>
        database.WriteAsync(
            session =>
            {
                var waiting = session.Scalar(
                    "SELECT COUNT(*) FROM webhook_deliveries WHERE endpoint_id = @endpoint AND state = 'pending' AND event_type = @type",
                    ("@endpoint", delivery.EndpointId), ("@type", delivery.EventType));
                return Convert.ToInt64(waiting, CultureInfo.InvariantCulture) < most && WebhookRow.Insert(session, delivery);
            },
            durable: true,
            cancel);

    public Task<WebhookDelivery?> GetAsync(string id, string endpointId, string owner, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Query(
                $"SELECT {WebhookRow.DeliveryColumns} FROM webhook_deliveries WHERE id = @id AND endpoint_id = @endpoint AND owner = @owner",
                WebhookRow.ReadDelivery,
                ("@id", id), ("@endpoint", endpointId), ("@owner", owner)).FirstOrDefault(),
            cancel);

    public Task<WebhookDeliveryPage> ListAsync(WebhookDeliveryQuery query, CancellationToken cancel) =>
        database.ReadAsync(
            session =>
            {
                var state = query.State is null ? "" : "AND state = @state";
                var after = query.After is null ? "" : "AND seq < (SELECT seq FROM webhook_deliveries WHERE id = @after)";
                var rows = session.Query(
                    $"""
                     SELECT {WebhookRow.DeliveryColumns} FROM webhook_deliveries
                     WHERE endpoint_id = @endpoint AND owner = @owner {state} {after} ORDER BY seq DESC LIMIT @limit
                     """,
                    WebhookRow.ReadDelivery,
                    ("@endpoint", query.EndpointId), ("@owner", query.Owner), ("@state", query.State?.Word()), ("@after", query.After), ("@limit", query.Limit + 1));
                return new WebhookDeliveryPage([.. rows.Take(query.Limit)], rows.Count > query.Limit);
            },
            cancel);

    public Task<int> ReplayAsync(string endpointId, string owner, string? deliveryId, DateTimeOffset now, DateTimeOffset giveUpAt, CancellationToken cancel) =>
        database.WriteAsync(
            session =>
            {
                var which = deliveryId is null ? "state = 'dead' AND job_id IS NOT NULL" : "id = @id";
                return session.Execute(
                    $"""
                     UPDATE webhook_deliveries SET state = 'pending', attempts = 0, next_at = @now, give_up_at = @giveUp, delivered_at = NULL
                     WHERE endpoint_id = @endpoint AND owner = @owner AND {which}
                         AND EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.id = @endpoint AND e.disabled_at IS NULL)
                     """,
                    ("@now", now.Millis()), ("@giveUp", giveUpAt.Millis()), ("@endpoint", endpointId), ("@owner", owner), ("@id", deliveryId));
            },
            durable: true,
            cancel);

    public Task PurgeAsync(DateTimeOffset before, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute("DELETE FROM webhook_deliveries WHERE created_at < @before AND state <> 'pending'", ("@before", before.Millis())),
            durable: false,
            cancel);

    private static WebhookClaim? Claim(SqlSession session, string endpointId, DateTimeOffset now, DateTimeOffset until)
    {
        var due = session.Query(
            $"""
             SELECT {WebhookRow.DeliveryColumns} FROM webhook_deliveries
             WHERE endpoint_id = @id AND state = 'pending' AND next_at <= @now ORDER BY next_at, seq LIMIT 1
             """,
            WebhookRow.ReadDelivery,
            ("@id", endpointId), ("@now", now.Millis())).FirstOrDefault();
        return due is null ? null : session.Query(
            """
            UPDATE webhook_endpoints SET leased_until = @until, fence = fence + 1, served_at = @now
            WHERE id = @id AND disabled_at IS NULL AND (leased_until IS NULL OR leased_until <= @now)
            RETURNING url, secret, CASE WHEN old_until > @now THEN old_secret END, fence
            """,
            row => new WebhookClaim(due, row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetInt64(3)),
            ("@until", until.Millis()), ("@now", now.Millis()), ("@id", endpointId)).FirstOrDefault();
    }

    private static bool Record(SqlSession session, WebhookTry result)
    {
        var delivery = result.Claim.Delivery;
        var delivered = result.State == WebhookState.Delivered;
        if (session.Execute(
            """
            UPDATE webhook_endpoints SET leased_until = NULL, failures = CASE WHEN @delivered = 1 THEN 0 ELSE failures + 1 END
            WHERE id = @id AND fence = @fence
            """,
            ("@delivered", delivered ? 1 : 0), ("@id", delivery.EndpointId), ("@fence", result.Claim.Fence)) == 0)
        {
            return false;
        }

        // Given up meanwhile, with its webhook: a try that failed does not bring it back.
        session.Execute(
            """
            UPDATE webhook_deliveries SET state = CASE WHEN @state = 'pending' THEN state ELSE @state END, attempts = attempts + 1, next_at = @next, last_status = @status, last_error = @error, delivered_at = @delivered
            WHERE id = @id
            """,
            ("@state", result.State.Word()), ("@next", result.NextAt.Millis()), ("@status", result.Status), ("@error", result.Error),
            ("@delivered", delivered ? result.At.Millis() : null), ("@id", delivery.Id));
        if (result.Gone)
        {
            session.Execute("UPDATE webhook_endpoints SET disabled_at = @now WHERE id = @id AND disabled_at IS NULL", ("@now", result.At.Millis()), ("@id", delivery.EndpointId));
            WebhookRow.GiveUpPending(session, delivery.EndpointId);
        }

        return true;
    }
}
