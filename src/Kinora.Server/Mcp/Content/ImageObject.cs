using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Content;

/// <summary>An image job as tools answer with it. Fields without a value are left out.</summary>
internal static class ImageObject
{
    private const int LongestId = 100;

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Schema.Shape.Text),
        ("status", Schema.Shape.OneOf("queued", "in_progress", "completed", "failed")),
        ("progress", Schema.Shape.Integer),
        ("images?", Schema.Shape.List(Schema.Shape.Object(
            ("id", Schema.Shape.Text), ("path?", Schema.Shape.Text), ("width", Schema.Shape.Integer), ("height", Schema.Shape.Integer)))),
        ("error?", Schema.Shape.Object(("code", Schema.Shape.Text), ("message", Schema.Shape.Text))));

    /// <summary>For tools whose answers need no more to go on; <c>get_image_status</c> describes all of it.</summary>
    public static Shape BriefShape { get; } = Schema.Shape.Object(("id", Schema.Shape.Text), ("status", Schema.Shape.Text));

    /// <param name="paths">How the caller may find a picture's file; null to leave that out.</param>
    /// <param name="deduplicated">The job was there before this call.</param>
    public static void Write(Utf8JsonWriter json, Job job, Func<Asset, string?>? paths, bool deduplicated = false)
    {
        var output = job.Outputs.Count > 0 ? job.Outputs[0] : null;
        json.WriteStartObject();
        json.WriteString("id", job.PublicId);
        json.WriteString("object", "image");
        json.WriteString("status", job.Status.PublicWord());
        json.WriteString("stage", job.Status.Word());
        json.WriteNumber("progress", JobView.Percent(job));
        json.WriteString("model", job.Model);
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("prompt", PlainText.Clean(job.Request.Prompt, TextParam.LongestText));
        Text(json, "revised_prompt", output?.RevisedPrompt, TextParam.LongestText);
        Text(json, "remarks", output?.Remarks, TextParam.LongestText);
        Text(json, "session_id", job.SessionId?.ToString(), LongestId);
        Text(json, "from_image_id", job.SourceId is { } source ? new ImageId(source, job.Request.SourceIndex).ToString() : null, LongestId);
        if (job.Status == JobStatus.Completed)
        {
            WritePictures(json, job, paths);
        }

        JobObject.WriteNotes(json, job, deduplicated);
        JobObject.WriteError(json, job);
        json.WriteEndObject();
    }

    private static void WritePictures(Utf8JsonWriter json, Job job, Func<Asset, string?>? paths)
    {
        json.WriteStartArray("images");
        foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
        {
            json.WriteStartObject();
            json.WriteString("id", new ImageId(job.Id, picture.Index).ToString());
            if (paths?.Invoke(picture) is { } path)
            {
                json.WriteString("path", path);
            }

            json.WriteString("mime_type", picture.MimeType);
            json.WriteNumber("width", picture.Width ?? 0);
            json.WriteNumber("height", picture.Height ?? 0);
            json.WriteNumber("size_bytes", picture.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value, int longest)
    {
        if (value is not null)
        {
            json.WriteString(name, PlainText.Clean(value, longest));
        }
    }
}
