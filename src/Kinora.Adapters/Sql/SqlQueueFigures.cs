using System.Globalization;
using Kinora.Jobs;
using Kinora.Telemetry;

namespace Kinora.Adapters.Sql;

/// <summary>How the open jobs stand, from the rows themselves.</summary>
internal sealed class SqlQueueFigures(ISqlDatabase database) : IQueueFigures
{
    public Task<IReadOnlyList<QueueFigure>> ReadAsync(CancellationToken cancel) => database.ReadAsync<IReadOnlyList<QueueFigure>>(
        session => session.Query(
            $"""
             SELECT provider, status, COUNT(*), SUM(cost_micros), MIN(CASE WHEN worker IS NULL THEN due_at END)
             FROM jobs WHERE due_at IS NOT NULL AND status IN ({JobRow.OpenStates}) GROUP BY provider, status
             """,
            row => new QueueFigure(
                row.GetString(0),
                JobMoves.FromWord(row.GetString(1))!.Value,
                row.GetInt64(2),
                Convert.ToDecimal(row.GetValue(3), CultureInfo.InvariantCulture) / SqlValues.MicrosPerDollar,
                row.TimeOrNull(4))),
        cancel);
}
