using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Juxin;

internal sealed class JuxinQueryAllVideos : McpTool
{
    private const int Most = 20;

    public override ToolSpec Spec { get; } = new("query_all_videos", "video", "See how up to 20 videos stand at once.")
    {
        Params = [new TextListParam("task_ids", new TextParam("task_id") { MaxLength = 60 }, Most) { Required = true }],
        Result = Shape.Object(
            ("total", Shape.Integer), ("pending", Shape.Integer), ("processing", Shape.Integer), ("completed", Shape.Integer), ("failed", Shape.Integer),
            ("unknown", Shape.List(Shape.Text)), ("tasks", Shape.List(Shape.Object(JuxinTask.Fields)))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var ids = call.Arguments.Texts("task_ids");
        if (ids.Count == 0)
        {
            throw KinoraException.Invalid([new Fault("task_ids", $"task_ids must name 1 to {Most} tasks.")]);
        }

        var (jobs, unknown) = (new List<(Job Job, JuxinLinks Links)>(), new List<string>());
        foreach (var id in ids)
        {
            if (JobId.TryParse(id, out var job) && await call.Studio.Jobs.GetAsync(job, call.Client.Caller.UserId, cancel) is { Kind: MediaKind.Video } found)
            {
                jobs.Add((found, await JuxinLinks.OfAsync(call, found, cancel)));
            }
            else
            {
                unknown.Add(id);
            }
        }

        return JuxinRows.Answer(jobs, json =>
        {
            json.WriteNumber("total", ids.Count);
            foreach (var word in JuxinTask.Words)
            {
                json.WriteNumber(word, jobs.Count(one => JuxinTask.Word(one.Job.Status.PublicWord()) == word));
            }

            json.WriteStartArray("unknown");
            foreach (var id in unknown)
            {
                json.WriteStringValue(Content.PlainText.Clean(id, 60));
            }

            json.WriteEndArray();
        });
    }
}
