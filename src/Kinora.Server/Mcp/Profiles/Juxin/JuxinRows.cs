using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.Juxin;

/// <summary>An answer with a row for each task, and a line for each in its text.</summary>
internal static class JuxinRows
{
    /// <param name="head">Writes the fields before the rows.</param>
    public static ToolAnswer Answer(IReadOnlyList<(Job Job, JuxinLinks Links)> jobs, Action<Utf8JsonWriter> head) => ToolAnswer.Of(
        json =>
        {
            json.WriteStartObject();
            head(json);
            json.WriteStartArray("tasks");
            foreach (var (job, links) in jobs)
            {
                json.WriteStartObject();
                JuxinTask.WriteFields(json, job, links);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        jobs.Count == 0 ? "There are no such tasks." : string.Join('\n', jobs.Select(one => JuxinTask.Say(one.Job, one.Links))));
}
