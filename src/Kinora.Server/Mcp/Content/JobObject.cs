using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;

namespace Kinora.Server.Mcp.Content;

/// <summary>A job as the object of its kind.</summary>
internal static class JobObject
{
    private const int LongestMessage = 500;

    public static void Write(Utf8JsonWriter json, Job job)
    {
        if (job.Kind == MediaKind.Image)
        {
            ImageObject.Write(json, job, paths: null);
        }
        else
        {
            VideoObject.Write(json, job);
        }
    }

    /// <summary>What is told beside the result, into the object that is open: warnings, what it cost, whether it was there already.</summary>
    public static void WriteNotes(Utf8JsonWriter json, Job job, bool deduplicated)
    {
        if (job.Warnings.Count > 0)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in job.Warnings)
            {
                json.WriteStringValue(PlainText.Clean(warning, LongestMessage));
            }

            json.WriteEndArray();
        }

        JobView.WriteAttempts(json, job);
        if (job.ChargedUsd is { } charged)
        {
            json.WriteNumber("cost_usd", charged);
        }

        if (deduplicated)
        {
            json.WriteBoolean("deduplicated", true);
        }
    }

    /// <summary>Why it failed, into the object that is open; nothing when it did not.</summary>
    public static void WriteError(Utf8JsonWriter json, Job job)
    {
        if (job.ErrorCode is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("code", job.ErrorCode);
            json.WriteString("message", PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
            json.WriteEndObject();
        }
    }
}
