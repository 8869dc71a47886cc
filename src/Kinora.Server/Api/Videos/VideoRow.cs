using System.Globalization;
using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Videos;

/// <summary>
/// A video job as a row of the original platform: exactly its columns (read in its public source, 2026-11), with what is ours under <c>kinora</c>. Times are
/// unix seconds; the two paths are addresses on this server, never places on its disk.
/// </summary>
internal static class VideoRow
{
    private const int LongestMessage = 2_000;

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Text), ("user_id", Text), ("provider", Text), ("provider_video_id", Anything), ("openai_video_id", Text), ("prompt", Text), ("model", Text),
        ("size", Anything), ("seconds", Anything), ("status", OneOf("queued", "in_progress", "completed", "failed")), ("progress", Integer), ("created_at", Integer),
        ("completed_at", Anything), ("file_path", Anything), ("thumbnail_path", Anything), ("error_message", Anything), ("has_input_reference", Integer),
        ("has_audio", Anything), ("reference_image_paths", Anything), ("provider_metadata", Anything), ("remix_of", Anything), ("cost", Anything), ("kinora", JobExtras.Shape));

    public const string Example = """
        {"id":"550e8400-e29b-41d4-a716-446655440000","user_id":"local","provider":"animatic","provider_video_id":"r-1","openai_video_id":"video_550e8400e29b41d4a716446655440000",
        "prompt":"A cat riding a motorcycle through a neon city","model":"sora-2","size":"1280x720","seconds":"8","status":"in_progress","progress":45,"created_at":1795284000,
        "completed_at":null,"file_path":null,"thumbnail_path":null,"error_message":null,"has_input_reference":0,"has_audio":null,"reference_image_paths":null,
        "provider_metadata":null,"remix_of":null,"cost":0,"kinora":{"stage":"running","reason":"","provider":"animatic","model":"animatic/storyboard","operation":"create","estimated_usd":0,
        "charged_usd":null,"warnings":["sora-2 stands for animatic/storyboard here."],"files":[]}}
        """;

    /// <param name="deduplicated">The job was there before this request.</param>
    public static void Write(Utf8JsonWriter json, Job job, bool deduplicated = false)
    {
        var request = job.Request;
        var done = job.Status == JobStatus.Completed;
        json.WriteStartObject();
        json.WriteString("id", job.Id.Uuid);
        json.WriteString("user_id", job.Owner);
        json.WriteString("provider", job.Provider);
        json.WriteString("provider_video_id", job.RemoteId);
        json.WriteString("openai_video_id", job.PublicId);
        json.WriteString("prompt", request.Prompt);
        json.WriteString("model", request.AskedModel ?? job.Model);
        json.WriteString("size", FilmFacts.Size(job)?.ToString());
        json.WriteString("seconds", FilmFacts.Seconds(job)?.ToString("0.###", CultureInfo.InvariantCulture));
        json.WriteString("status", job.Status.PublicWord());
        json.WriteNumber("progress", JobView.Percent(job));
        json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
        JobView.WriteTime(json, "completed_at", done ? job.EndedAt : null);
        json.WriteString("file_path", done ? Content(job, "video") : null);
        json.WriteString("thumbnail_path", done ? Content(job, "thumbnail") : null);
        json.WriteString("error_message", job.ErrorCode is null ? null : PlainText.Clean(job.ErrorText ?? job.Reason, LongestMessage));
        json.WriteNumber("has_input_reference", request.FirstFrame is null && request.References.Count == 0 ? 0 : 1);
        WriteAudio(json, request.Audio);
        json.WriteString("reference_image_paths", ReferenceNames(request));
        json.WriteNull("provider_metadata");
        json.WriteString("remix_of", job.SourceId?.Uuid);
        JobView.WriteMoney(json, "cost", job.ChargedUsd ?? job.EstimateUsd);
        JobExtras.Write(json, job, deduplicated);
        json.WriteEndObject();
    }

    public static string Content(Job job, string variant) => $"/api/videos/{job.Id.Uuid}/content{(variant == "video" ? "" : "?variant=" + variant)}";

    /// <summary>The pictures it was made from, under the names that <c>reference-images</c> gives them.</summary>
    public static IEnumerable<(string Name, InputImage Picture)> References(GenerationRequest request)
    {
        if (request.FirstFrame is { } first)
        {
            yield return ("first_frame" + Ending(first), first);
        }

        if (request.LastFrame is { } last)
        {
            yield return ("last_frame" + Ending(last), last);
        }

        for (var i = 0; i < request.References.Count; i++)
        {
            yield return (FormattableString.Invariant($"reference_{i + 1}{Ending(request.References[i])}"), request.References[i]);
        }
    }

    private static string Ending(InputImage picture) => picture.MimeType == "image/jpeg" ? ".jpg" : ".png";

    /// <summary>A column of the original that holds JSON as text; null when there is none.</summary>
    private static string? ReferenceNames(GenerationRequest request)
    {
        var names = References(request).Select(r => $"\"{r.Name}\"").ToList();
        return names.Count == 0 ? null : $"[{string.Join(',', names)}]";
    }

    private static void WriteAudio(Utf8JsonWriter json, bool? audio)
    {
        if (audio is { } wanted)
        {
            json.WriteNumber("has_audio", wanted ? 1 : 0);
        }
        else
        {
            json.WriteNull("has_audio");
        }
    }
}
