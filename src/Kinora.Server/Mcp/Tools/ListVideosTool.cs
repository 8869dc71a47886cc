using System.Text.Json;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class ListVideosTool : McpTool
{
    private const int LongestPrompt = 160;
    private const int RowsInText = 10;

    public override ToolSpec Spec { get; } = new("list_videos", "video", "Find earlier videos and their ids, newest first.")
    {
        Params =
        [
            new IntegerParam("limit", 1, 100) { Default = 10 },
            new TextParam("after") { MaxLength = 60, About = "last_id of the page before" },
            new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" },
            new TextParam("status") { Choices = ["queued", "in_progress", "completed", "failed"] },
        ],
        Result = Shape.Object(
            ("data", Shape.List(Shape.Object(
                ("id", Shape.Text), ("status", Shape.Text), ("progress", Shape.Integer), ("prompt", Shape.Text)))),
            ("has_more", Shape.Flag),
            ("last_id?", Shape.Text)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var page = await VideoPage.ReadAsync(call, call.Arguments.TextOrNull("status"), cancel);
        return ToolAnswer.Of(json => Write(json, page), Describe(page));
    }

    private static void Write(Utf8JsonWriter json, JobPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var job in page.Jobs)
        {
            json.WriteStartObject();
            json.WriteString("id", job.Id.ToString());
            json.WriteString("status", job.Status.PublicWord());
            json.WriteNumber("progress", JobView.Percent(job));
            json.WriteNumber("created_at", job.CreatedAt.ToUnixTimeSeconds());
            json.WriteString("model", job.Model);
            if (job.Request.Seconds is { } seconds)
            {
                json.WriteString("seconds", FormattableString.Invariant($"{seconds:0.###}"));
            }

            if (job.Request.Size is { } size)
            {
                json.WriteString("size", size.ToString());
            }

            json.WriteString("prompt", PlainText.Clean(job.Request.Prompt, LongestPrompt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more", page.HasMore);
        if (page.Jobs.Count > 0)
        {
            json.WriteString("last_id", page.Jobs[^1].Id.ToString());
        }

        json.WriteEndObject();
    }

    private static string Describe(JobPage page)
    {
        if (page.Jobs.Count == 0)
        {
            return "There are no such videos.";
        }

        var rows = page.Jobs.Take(RowsInText).Select(j => $"{j.Id} {j.Status.PublicWord()} {JobView.Percent(j)} %: {PlainText.Clean(j.Request.Prompt, 30)}");
        var more = page.Jobs.Count > RowsInText ? $"\n… {page.Jobs.Count - RowsInText} more in data" : "";
        var next = page.HasMore ? $"\nThe next page: after={page.Jobs[^1].Id}" : "";
        return string.Join('\n', rows) + more + next;
    }
}

/// <summary>A page of jobs by <c>limit, after, order</c>, as every system's list asks for it.</summary>
internal static class VideoPage
{
    public static Task<JobPage> ReadAsync(ToolCall call, string? status, CancellationToken cancel)
    {
        var given = call.Arguments;
        JobId? after = given.TextOrNull("after") switch
        {
            null => null,
            var text when JobId.TryParse(text, out var id) => id,
            _ => throw KinoraException.Invalid([new Fault("after", "after must be the id of a video: the last one of the page before.")]),
        };
        var query = new JobQuery(null, (int)given.Integer("limit"), after, OldestFirst: given.Text("order") == "asc") { Kind = MediaKind.Video, PublicStatus = status };
        return call.Studio.Generation.ListAsync(call.Client.Caller, query, cancel);
    }
}
