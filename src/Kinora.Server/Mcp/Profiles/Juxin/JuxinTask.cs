using System.Text.Json;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Profiles.Juxin;

/// <summary>A job as the tools of this profile show it: the relay's words, a link when there is one, the reason when there is none.</summary>
internal static class JuxinTask
{
    private const int LongestReason = 300;

    public static IReadOnlyList<string> Words { get; } = ["pending", "processing", "completed", "failed"];

    public static TextParam TaskId { get; } = new("task_id") { Required = true, MaxLength = 60, BlamedFor = [ErrorCodes.NotFound] };

    public static (string, Shape)[] Fields { get; } =
    [
        ("id", Schema.Shape.Text), ("status", Schema.Shape.OneOf([.. Words])), ("progress", Schema.Shape.Integer), ("video_url?", Schema.Shape.Text), ("thumbnail_url?", Schema.Shape.Text),
        ("error?", Schema.Shape.Object(("code", Schema.Shape.Text), ("message", Schema.Shape.Text))),
    ];

    public static Shape Shape { get; } = Schema.Shape.Object([.. Fields, ("warnings?", Schema.Shape.List(Schema.Shape.Text))]);

    public static string Word(string publicWord) => publicWord switch { "queued" => "pending", "in_progress" => "processing", var same => same };

    public static string PublicWord(string word) => word switch { "pending" => "queued", "processing" => "in_progress", var same => same };

    public static async Task<ToolAnswer> AnswerAsync(ToolCall call, Job job, CancellationToken cancel)
    {
        var links = await JuxinLinks.OfAsync(call, job, cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                WriteFields(json, job, links);
                JobObject.WriteNotes(json, job, deduplicated: false);
                json.WriteEndObject();
            },
            Say(job, links)) with
        {
            Job = job,
            More = job.Assets.FirstOrDefault(asset => asset.Role == AssetRole.Video) is { } video
                ? [new ResourceLinkBlock { Uri = JobResources.Uri(job, video), Name = video.FileName, MimeType = video.MimeType, Size = video.Bytes }]
                : [],
        };
    }

    public static void WriteFields(Utf8JsonWriter json, Job job, JuxinLinks links)
    {
        json.WriteString("id", job.Id.ToString());
        json.WriteString("status", Word(job.Status.PublicWord()));
        json.WriteNumber("progress", JobView.Percent(job));
        if (links.Video is not null)
        {
            json.WriteString("video_url", links.Video);
        }

        if (links.Thumbnail is not null)
        {
            json.WriteString("thumbnail_url", links.Thumbnail);
        }

        JobObject.WriteError(json, job);
    }

    /// <summary>One line: how it stands, and the link or the reason.</summary>
    public static string Say(Job job, JuxinLinks links) => job.Status switch
    {
        JobStatus.Completed => $"{job.Id} is completed: {links.Video}",
        _ when job.Status.IsFinal() => $"{job.Id} failed ({job.ErrorCode ?? job.Status.Word()}): {PlainText.Clean(job.ErrorText ?? job.Reason, LongestReason)}",
        _ => $"{job.Id} is {Word(job.Status.PublicWord())}, {JobView.Percent(job)} %. Ask query_video_status again in half a minute; do not create it again.",
    };
}

/// <summary>Where the files of a finished job are: files for a client on this machine, resources for any other.</summary>
internal sealed record JuxinLinks(string? Video, string? Thumbnail)
{
    public static async Task<JuxinLinks> OfAsync(ToolCall call, Job job, CancellationToken cancel) =>
        new(await LinkAsync(call, job, AssetRole.Video, cancel), await LinkAsync(call, job, AssetRole.Thumbnail, cancel));

    private static async Task<string?> LinkAsync(ToolCall call, Job job, AssetRole role, CancellationToken cancel) =>
        job.Status != JobStatus.Completed || job.Assets.FirstOrDefault(asset => asset.Role == role) is not { } asset ? null
        : call.Client.SameMachine ? new Uri(await call.Studio.Assets.LocalPathAsync(asset, cancel)).AbsoluteUri
        : JobResources.Uri(job, asset);
}
