using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>A job as the command line tells it.</summary>
internal static class JobView
{
    public static void Write(Utf8JsonWriter json, Job job, string? savedTo = null)
    {
        json.WriteStartObject();
        json.WriteString("id", job.Id.ToString());
        json.WriteString("status", job.Status.PublicWord());
        json.WriteString("stage", job.Status.Word());
        json.WriteNumber("progress", Percent(job));
        json.WriteString("reason", job.Reason);
        json.WriteString("model", job.Model);
        json.WriteString("operation", job.Request.Operation.ToString().ToLowerInvariant());
        json.WriteString("prompt", job.Request.Prompt);
        json.WriteString("size", job.Request.Size?.ToString());
        WriteNumber(json, "seconds", job.Assets.FirstOrDefault(a => a.Role == AssetRole.Video)?.Seconds ?? job.Request.Seconds);
        WriteNumber(json, "seed", job.Request.Seed);
        json.WriteString("source_id", job.SourceId?.ToString());
        json.WriteString("remote_id", job.RemoteId);
        WriteTime(json, "created_at", job.CreatedAt);
        WriteTime(json, "completed_at", job.EndedAt);
        WriteMoney(json, "estimated_usd", job.EstimateUsd);
        WriteMoney(json, "charged_usd", job.ChargedUsd);
        WriteError(json, job);
        json.WriteStartArray("warnings");
        foreach (var warning in job.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var asset in job.Assets)
        {
            WriteAsset(json, asset);
        }

        json.WriteEndArray();
        if (savedTo is not null)
        {
            json.WriteString("saved_to", savedTo);
        }

        json.WriteEndObject();
    }

    /// <summary>Whole per cent; 100 only when it is completed.</summary>
    public static int Percent(Job job) => job.Status == JobStatus.Completed ? 100 : Math.Min(99, (int)Math.Floor(job.Progress * 100));

    /// <summary>What is going on, in two or three words.</summary>
    public static string Stage(Job job) => job.Status switch
    {
        JobStatus.Queued => "waiting",
        JobStatus.Submitting => "sending",
        JobStatus.Running => "making",
        JobStatus.Collecting => "saving",
        JobStatus.SubmissionUnknown => "unknown",
        var other => other.Word(),
    };

    private static void WriteAsset(Utf8JsonWriter json, Asset asset)
    {
        json.WriteStartObject();
        json.WriteString("variant", asset.Role.ToString().ToLowerInvariant());
        json.WriteString("mime_type", asset.MimeType);
        json.WriteNumber("bytes", asset.Bytes);
        json.WriteString("sha256", asset.Sha256);
        WriteNumber(json, "width", asset.Width);
        WriteNumber(json, "height", asset.Height);
        WriteNumber(json, "seconds", asset.Seconds);
        WriteNumber(json, "columns", asset.Columns);
        WriteNumber(json, "rows", asset.Rows);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Job job)
    {
        if (job.ErrorCode is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", job.ErrorCode);
        json.WriteString("message", job.ErrorText);
        CliContext.WriteRecovery(json, job.ErrorCode);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteMoney(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteNumber(name, value.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
