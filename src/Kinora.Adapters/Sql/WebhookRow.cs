using System.Data.Common;
using Kinora.Webhooks;

namespace Kinora.Adapters.Sql;

/// <summary>How webhooks and their deliveries stand in the database.</summary>
internal static class WebhookRow
{
    public const string EndpointColumns = "id, owner, url, description, events, created_at, disabled_at, after_event";

    public const string DeliveryColumns =
        "id, endpoint_id, owner, event_type, job_id, payload, state, attempts, next_at, give_up_at, last_status, last_error, created_at, delivered_at";

    public static WebhookEndpoint ReadEndpoint(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Owner = row.GetString(1),
        Url = row.GetString(2),
        Description = row.TextOrNull(3),
        Events = row.GetString(4).Split(','),
        CreatedAt = row.Time(5),
        DisabledAt = row.TimeOrNull(6),
        AfterEvent = row.GetInt64(7),
    };

    public static WebhookDelivery ReadDelivery(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        EndpointId = row.GetString(1),
        Owner = row.GetString(2),
        EventType = row.GetString(3),
        JobId = row.TextOrNull(4) is { } job ? JobRow.Id(job) : null,
        Payload = row.GetString(5),
        State = WebhookStateWords.FromWord(row.GetString(6)) ?? throw new InvalidDataException("A stored state of a delivery is damaged."),
        Attempts = row.GetInt32(7),
        NextAt = row.Time(8),
        GiveUpAt = row.Time(9),
        LastStatus = row.IntOrNull(10),
        LastError = row.TextOrNull(11),
        CreatedAt = row.Time(12),
        DeliveredAt = row.TimeOrNull(13),
    };

    /// <summary>Stores a delivery unless its webhook is gone or disabled.</summary>
    public static bool Insert(SqlSession session, WebhookDelivery delivery) =>
        session.Execute(
            $"""
             INSERT INTO webhook_deliveries ({DeliveryColumns})
             SELECT @id, @endpoint, @owner, @type, @job, @payload, @state, @attempts, @next, @giveUp, @status, @error, @created, @delivered
             FROM webhook_endpoints WHERE id = @endpoint AND disabled_at IS NULL
             """,
            ("@id", delivery.Id), ("@endpoint", delivery.EndpointId), ("@owner", delivery.Owner), ("@type", delivery.EventType), ("@job", delivery.JobId?.Hex),
            ("@payload", delivery.Payload), ("@state", delivery.State.Word()), ("@attempts", delivery.Attempts), ("@next", delivery.NextAt.Millis()),
            ("@giveUp", delivery.GiveUpAt.Millis()), ("@status", delivery.LastStatus), ("@error", delivery.LastError), ("@created", delivery.CreatedAt.Millis()),
            ("@delivered", delivery.DeliveredAt.Millis())) > 0;

    /// <summary>What a webhook that is disabled does with what was still to be sent.</summary>
    public static void GiveUpPending(SqlSession session, string endpointId) =>
        session.Execute(
            "UPDATE webhook_deliveries SET state = 'dead', last_error = COALESCE(last_error, 'The webhook was disabled.') WHERE endpoint_id = @id AND state = 'pending'",
            ("@id", endpointId));
}
