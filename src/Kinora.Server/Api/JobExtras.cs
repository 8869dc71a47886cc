using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api;

/// <summary>What Kinora knows of a job beyond the fields of foreign systems: one object under the key <c>kinora</c>.</summary>
internal static class JobExtras
{
    private const int LongestMessage = 2_000;

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id?", Text), ("stage", OneOf("queued", "submitting", "running", "collecting", "completed", "failed", "cancelled", "expired", "submission_unknown")),
        ("reason", Text), ("stalled?", Flag), ("provider", Text), ("model", Text), ("operation", Text), ("seed?", Integer), ("negative_prompt?", Text), ("options?", Map(Text)), ("estimated_usd", Anything), ("charged_usd", Anything),
        ("warnings", List(Text)), ("attempts?", JobView.AttemptsShape),
        ("error?", Schema.Shape.Object(("code", Text), ("message", Text), ("category", Text), ("retryable", Flag), ("suggestion", Text))),
        ("deduplicated?", Flag),
        ("files", List(Schema.Shape.Object(
            ("variant", Text), ("index", Integer), ("mime_type", Text), ("bytes", Integer), ("sha256", Text), ("width?", Integer), ("height?", Integer), ("seconds?", Number),
            ("columns?", Integer), ("rows?", Integer)))));

    /// <param name="named">The answer itself has no id of the job.</param>
    public static void Write(Utf8JsonWriter json, Job job, bool deduplicated, bool named = false)
    {
        json.WriteStartObject("kinora");
        if (named)
        {
            json.WriteString("id", job.PublicId);
        }

        json.WriteString("stage", job.Status.Word());
        json.WriteString("reason", PlainText.Clean(job.Reason, LongestMessage));
        if (HeldJob.IsStalled(job))
        {
            json.WriteBoolean("stalled", true);
        }

        json.WriteString("provider", job.Provider);
        json.WriteString("model", job.Model);
        json.WriteString("operation", job.Request.Operation.ToString().ToLowerInvariant());
        if (job.Request.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        if (job.Request.NegativePrompt is { } negative)
        {
            json.WriteString("negative_prompt", negative);
        }

        WriteOptions(json, job);
        JobView.WriteMoney(json, "estimated_usd", job.EstimateUsd);
        JobView.WriteMoney(json, "charged_usd", job.ChargedUsd);
        json.WriteStartArray("warnings");
        foreach (var warning in job.Warnings)
        {
            json.WriteStringValue(PlainText.Clean(warning, LongestMessage));
        }

        json.WriteEndArray();
        JobView.WriteAttempts(json, job);
        WriteError(json, job);
        if (deduplicated)
        {
            json.WriteBoolean("deduplicated", true);
        }

        json.WriteStartArray("files");
        foreach (var file in job.Assets)
        {
            WriteFile(json, file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>As the request gave them, so that it can be made again.</summary>
    private static void WriteOptions(Utf8JsonWriter json, Job job)
    {
        if (job.Request.Options is not { Count: > 0 } options)
        {
            return;
        }

        json.WriteStartObject("options");
        foreach (var (name, value) in options)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Job job)
    {
        if (job.ErrorCode is null)
        {
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", job.ErrorCode);
        json.WriteString("message", PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
        CliContext.WriteRecovery(json, job.ErrorCode);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, Asset file)
    {
        json.WriteStartObject();
        json.WriteString("variant", file.Role.ToString().ToLowerInvariant());
        json.WriteNumber("index", file.Index);
        json.WriteString("mime_type", file.MimeType);
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("sha256", file.Sha256);
        WriteNumber(json, "width", file.Width);
        WriteNumber(json, "height", file.Height);
        WriteNumber(json, "seconds", file.Seconds);
        WriteNumber(json, "columns", file.Columns);
        WriteNumber(json, "rows", file.Rows);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
