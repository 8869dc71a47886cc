using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Realtime;

/// <summary>What outsiders see of a job and may change: an event that changes none of it is no news.</summary>
internal sealed record JobState(MediaKind Kind, string Status, int Progress, string? Error, long? CompletedAt, string? FilePath, string? ThumbnailPath)
{
    private const int LongestError = 500;

    public static JobState Of(Job job)
    {
        var status = job.Status.PublicWord();
        var done = job.Status == JobStatus.Completed;
        var content = done && job.Kind == MediaKind.Video ? $"/api/videos/{job.Id.Uuid}/content" : null;
        return new JobState(
            job.Kind,
            status,
            JobView.Percent(job),
            status == "failed" ? PlainText.Clean(job.ErrorText ?? job.Reason, LongestError) : null,
            done ? job.EndedAt?.ToUnixTimeSeconds() : null,
            content,
            content is null ? null : content + "?variant=thumbnail");
    }

    public bool IsFinal => Status is "completed" or "failed";

    /// <summary>Writes an object of what differs; of everything when nothing was told before.</summary>
    public void Write(Utf8JsonWriter json, JobState? before)
    {
        json.WriteStartObject();
        if (Status != before?.Status)
        {
            json.WriteString("status", Status);
        }

        if (Progress != before?.Progress)
        {
            json.WriteNumber("progress", Progress);
        }

        WriteText(json, "error_message", Error, before, before?.Error);
        if (before is null || CompletedAt != before.CompletedAt)
        {
            if (CompletedAt is { } at)
            {
                json.WriteNumber("completed_at", at);
            }
            else
            {
                json.WriteNull("completed_at");
            }
        }

        if (Kind == MediaKind.Video)
        {
            WriteText(json, "file_path", FilePath, before, before?.FilePath);
            WriteText(json, "thumbnail_path", ThumbnailPath, before, before?.ThumbnailPath);
            WriteText(json, "provider_metadata", null, before, null);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value, JobState? before, string? old)
    {
        if (before is null || value != old)
        {
            json.WriteString(name, value);
        }
    }
}
