using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Images;

/// <summary>An image job in the manner of <see cref="Videos.VideoRow"/>; its pictures have addresses of their own.</summary>
internal static class ImageRow
{
    private const int LongestMessage = 2_000;

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Text), ("image_id", Text), ("user_id", Text), ("provider", Text), ("prompt", Text), ("revised_prompt", Anything), ("remarks", Anything), ("model", Text), ("size", Anything),
        ("quality", Anything), ("format", Anything), ("background", Anything), ("status", OneOf("queued", "in_progress", "completed", "failed")), ("progress", Integer),
        ("created_at", Integer), ("completed_at", Anything), ("session_id", Anything), ("from_image_id", Anything), ("error_message", Anything), ("cost", Anything),
        ("images", List(Schema.Shape.Object(("id", Text), ("index", Integer), ("url", Text), ("mime_type", Text), ("width", Anything), ("height", Anything), ("bytes", Integer)))),
        ("kinora", JobExtras.Shape));

    public const string Example = """
        {"id":"7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f","image_id":"image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f","user_id":"local","provider":"animatic","prompt":"A red kite over dunes",
        "revised_prompt":null,"remarks":null,"model":"animatic/storyboard","size":"1024x1024","quality":null,"format":"png","background":null,"status":"completed","progress":100,
        "created_at":1795284000,"completed_at":1795284002,"session_id":null,"from_image_id":null,"error_message":null,"cost":0,
        "images":[{"id":"image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f","index":0,"url":"/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content","mime_type":"image/png","width":1024,"height":1024,"bytes":48211}],
        "kinora":{"stage":"completed","reason":"Done.","provider":"animatic","model":"animatic/storyboard","operation":"create","estimated_usd":0,"charged_usd":null,"warnings":[],"files":[]}}
        """;

    /// <param name="deduplicated">The job was there before this request.</param>
    public static void Write(Utf8JsonWriter json, Job job, bool deduplicated = false)
    {
        var request = job.Request;
        var output = job.Outputs.Count > 0 ? job.Outputs[0] : null;
        json.WriteStartObject();
        json.WriteString("id", job.Id.Uuid);
        json.WriteString("image_id", job.PublicId);
        json.WriteString("user_id", job.Owner);
        json.WriteString("provider", job.Provider);
        json.WriteString("prompt", request.Prompt);
        json.WriteString("revised_prompt", output?.RevisedPrompt);
        json.WriteString("remarks", output?.Remarks);
        json.WriteString("model", request.AskedModel ?? job.Model);
        json.WriteString("size", request.Size?.ToString());
        json.WriteString("quality", request.Quality);
        json.WriteString("format", request.Format);
        json.WriteString("background", request.Background);
        json.WriteString("status", job.Status.PublicWord());
        json.WriteNumber("progress", JobView.Percent(job));
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        JobView.WriteTime(json, "completed_at", job.Status == JobStatus.Completed ? job.EndedAt : null);
        json.WriteString("session_id", job.SessionId?.ToString());
        json.WriteString("from_image_id", job.SourceId is { } source ? new ImageId(source, request.SourceIndex).ToString() : null);
        json.WriteString("error_message", job.ErrorCode is null ? null : PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
        JobView.WriteMoney(json, "cost", job.ChargedUsd ?? job.EstimateUsd);
        json.WriteStartArray("images");
        foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
        {
            WritePicture(json, job, picture);
        }

        json.WriteEndArray();
        JobExtras.Write(json, job, deduplicated);
        json.WriteEndObject();
    }

    /// <summary>Where a picture's bytes are, for whoever may see it.</summary>
    public static string Url(JobId id, int index) => $"/api/images/{id.Uuid}/content{(index == 0 ? "" : FormattableString.Invariant($"?index={index}"))}";

    private static void WritePicture(Utf8JsonWriter json, Job job, Asset picture)
    {
        json.WriteStartObject();
        json.WriteString("id", new ImageId(job.Id, picture.Index).ToString());
        json.WriteNumber("index", picture.Index);
        json.WriteString("url", Url(job.Id, picture.Index));
        json.WriteString("mime_type", picture.MimeType);
        json.WriteNumber("width", picture.Width ?? 0);
        json.WriteNumber("height", picture.Height ?? 0);
        json.WriteNumber("bytes", picture.Bytes);
        json.WriteEndObject();
    }
}
