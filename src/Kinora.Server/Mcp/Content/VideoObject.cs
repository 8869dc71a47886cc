using System.Globalization;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Content;

/// <summary>
/// A job in the shape of OpenAI's Video object (read 2026-11 in the official SDKs: string <c>seconds</c>, unix times, four statuses), with Kinora's own
/// fields behind it. Fields without a value are left out.
/// </summary>
internal static class VideoObject
{
    private static readonly (string, Shape)[] VideoFields =
    [
        ("id", Shape.Text),
        ("object", Shape.Text),
        ("status", Shape.OneOf("queued", "in_progress", "completed", "failed")),
        ("progress", Shape.Integer),
        ("model", Shape.Text),
        ("created_at", Shape.Integer),
        ("completed_at?", Shape.Integer),
        ("seconds?", Shape.Text),
        ("size?", Shape.Text),
        ("prompt?", Shape.Text),
        ("remixed_from_video_id?", Shape.Text),
        ("error?", Shape.Object(("code", Shape.Text), ("message", Shape.Text))),
    ];

    /// <summary>With the fields of OpenAI's object only.</summary>
    public static Shape SeedShape { get; } = Shape.Object(VideoFields);

    /// <summary>What callers act upon; the rest speaks for itself.</summary>
    public static Shape Shape { get; } = Schema.Shape.Object(
    [
        .. VideoFields.Where(f => f.Item1 is not ("object" or "prompt?" or "remixed_from_video_id?")),
        ("stage?", Schema.Shape.Text),
        ("warnings?", Schema.Shape.List(Schema.Shape.Text)),
        ("cost_usd?", Schema.Shape.Number),
    ]);

    /// <summary>
    /// For tools whose answers need no more to go on; the object is the same, <c>get_video_status</c> describes all of it. The description is paid for by
    /// every client that lists tools.
    /// </summary>
    public static Shape BriefShape { get; } = Schema.Shape.Object(("id", Schema.Shape.Text), ("status", Schema.Shape.Text), ("progress", Schema.Shape.Integer));

    /// <param name="deduplicated">The job was there before this call.</param>
    public static void Write(Utf8JsonWriter json, Job job, bool deduplicated = false)
    {
        json.WriteStartObject();
        WriteFields(json, job, job.Model);
        json.WriteString("stage", job.Status.Word());
        JobObject.WriteNotes(json, job, deduplicated);
        json.WriteEndObject();
    }

    /// <summary>Exactly as the originals showed it; the model under the name it was asked by.</summary>
    public static void WriteSeed(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        WriteFields(json, job, job.Request.AskedModel ?? job.Model);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Job job, string model)
    {
        json.WriteString("id", job.Id.ToString());
        json.WriteString("object", "video");
        json.WriteString("status", job.Status.PublicWord());
        json.WriteNumber("progress", JobView.Percent(job));
        json.WriteString("model", model);
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        if (job.Status == JobStatus.Completed && job.EndedAt is { } ended)
        {
            json.WriteNumber("completed_at", ended.ToUnixTimeSeconds());
        }

        if (Seconds(job) is { } seconds)
        {
            json.WriteString("seconds", seconds.ToString("0.###", CultureInfo.InvariantCulture));
        }

        if (job.Request.Size is { } size)
        {
            json.WriteString("size", size.ToString());
        }

        json.WriteString("prompt", PlainText.Clean(job.Request.Prompt, TextParam.LongestText));
        if (job.SourceId is { } source)
        {
            json.WriteString("remixed_from_video_id", source.ToString());
        }

        JobObject.WriteError(json, job);
    }

    /// <summary>As made, once it is; an extension is longer than the part that was asked for.</summary>
    private static double? Seconds(Job job) =>
        job.Assets.FirstOrDefault(a => a.Role == AssetRole.Video)?.Seconds is { } made ? Math.Round(made, 1) : job.Request.Seconds;
}
