using System.Globalization;
using System.Text.Json;
using Kinora.Events;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>The row of an event, written in the commit of the change that it tells.</summary>
internal static class SqlJobEvents
{
    /// <summary>Always true, so that it can end an expression.</summary>
    public static bool Add(SqlSession session, JobId job, string type, EventData data)
    {
        session.Tells |= type == JobEvent.Created ? SqlNews.Event | SqlNews.Job : SqlNews.Event;
        return session.Execute(
            "INSERT INTO events (job_id, owner, type, at, data) SELECT id, owner, @type, updated_at, @data FROM jobs WHERE id = @job",
            ("@type", type), ("@data", JsonSerializer.Serialize(data, JobJson.Default.EventData)), ("@job", job.Hex)) > 0;
    }

    /// <summary>An event tells progress only where it grew: outsiders must never see it fall.</summary>
    public static double StoredProgress(SqlSession session, JobId job) =>
        session.Scalar("SELECT progress FROM jobs WHERE id = @id", ("@id", job.Hex)) is { } stored ? Convert.ToDouble(stored, CultureInfo.InvariantCulture) : 0;
}
