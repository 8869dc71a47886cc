using System.Text.Json;
using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Commands;

/// <summary>A job as the command line tells it.</summary>
internal static class JobView
{
    private const int LongestMessage = 2_000;

    /// <summary>What <see cref="WriteAttempts"/> writes.</summary>
    public static Shape AttemptsShape { get; } = Shape.List(Shape.Object(("model", Shape.Text), ("at", Shape.Integer), ("code", Shape.Text), ("message", Shape.Text)));

    /// <param name="saved">Where files were written for the person at the shell.</param>
    public static void Write(Utf8JsonWriter json, Job job, IReadOnlyDictionary<Asset, string>? saved = null)
    {
        json.WriteStartObject();
        json.WriteString("id", job.PublicId);
        json.WriteString("kind", job.Kind.Word());
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
        json.WriteString("source_id", Source(job));
        json.WriteString("session_id", job.SessionId?.ToString());
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
        WriteAttempts(json, job);
        json.WriteStartArray("files");
        foreach (var asset in job.Assets)
        {
            WriteAsset(json, job, asset, saved?.GetValueOrDefault(asset));
        }

        json.WriteEndArray();
        if (saved is { Count: > 0 })
        {
            json.WriteString("saved_to", saved.Values.First());
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

    /// <summary>A text in one line of at most so many characters.</summary>
    public static string Short(string text, int length)
    {
        var line = string.Concat(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(c => !char.IsControl(c)));
        return line.Length <= length ? line : line[..(length - 1)] + "…";
    }

    private static string? Source(Job job) => job.SourceId is not { } source ? null
        : job.Kind == MediaKind.Image ? new ImageId(source, job.Request.SourceIndex).ToString()
        : source.ToString();

    private static void WriteAsset(Utf8JsonWriter json, Job job, Asset asset, string? savedTo)
    {
        json.WriteStartObject();
        if (asset.Role == AssetRole.Image)
        {
            json.WriteString("id", new ImageId(job.Id, asset.Index).ToString());
        }

        json.WriteString("variant", asset.Role.ToString().ToLowerInvariant());
        json.WriteString("mime_type", asset.MimeType);
        json.WriteNumber("bytes", asset.Bytes);
        json.WriteString("sha256", asset.Sha256);
        WriteNumber(json, "width", asset.Width);
        WriteNumber(json, "height", asset.Height);
        WriteNumber(json, "seconds", asset.Seconds);
        WriteNumber(json, "columns", asset.Columns);
        WriteNumber(json, "rows", asset.Rows);
        if (asset.Role == AssetRole.Image)
        {
            json.WriteBoolean("alpha", asset.Alpha);
            json.WriteString("workspace_name", asset.WorkspaceName);
            json.WriteString("revised_prompt", job.Outputs.Count > asset.Index ? job.Outputs[asset.Index].RevisedPrompt : null);
        }

        if (savedTo is not null)
        {
            json.WriteString("saved_to", savedTo);
        }

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

    /// <summary>The models that were tried before this one; nothing when there were none.</summary>
    public static void WriteAttempts(Utf8JsonWriter json, Job job)
    {
        if (job.Attempts.Count == 0)
        {
            return;
        }

        json.WriteStartArray("attempts");
        foreach (var attempt in job.Attempts)
        {
            json.WriteStartObject();
            json.WriteString("model", attempt.Model);
            WriteTime(json, "at", attempt.At);
            json.WriteString("code", attempt.Code);
            json.WriteString("message", PlainText.Clean(attempt.Text, LongestMessage));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteMoney(Utf8JsonWriter json, string name, decimal? value)
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
