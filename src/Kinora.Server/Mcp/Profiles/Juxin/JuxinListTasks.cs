using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Juxin;

internal sealed class JuxinListTasks : McpTool
{
    public override ToolSpec Spec { get; } = new("list_tasks", "video", "List your videos, newest first, with how many stand where and the share that went well.")
    {
        Params = [new IntegerParam("limit", 1, 50) { Default = 10 }, new TextParam("status") { Choices = ["all", .. JuxinTask.Words], Default = "all" }],
        Result = Shape.Object(
            ("total", Shape.Integer), ("pending", Shape.Integer), ("processing", Shape.Integer), ("completed", Shape.Integer), ("failed", Shape.Integer),
            ("success_rate?", Shape.Number), ("tasks", Shape.List(Shape.Object(JuxinTask.Fields)))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var (caller, status) = (call.Client.Caller, call.Text("status"));
        var counts = await call.Studio.Jobs.CountByStatusAsync(caller.UserId, MediaKind.Video, cancel);
        var query = new JobQuery(null, (int)call.Arguments.Integer("limit")) { Kind = MediaKind.Video, PublicStatus = status == "all" ? null : JuxinTask.PublicWord(status) };
        var page = await call.Studio.Generation.ListAsync(caller, query, cancel);
        var jobs = new List<(Job Job, JuxinLinks Links)>();
        foreach (var job in page.Jobs)
        {
            jobs.Add((job, await JuxinLinks.OfAsync(call, job, cancel)));
        }

        return JuxinRows.Answer(jobs, json =>
        {
            int Count(string word) => counts.Where(one => JuxinTask.Word(one.Key.PublicWord()) == word).Sum(one => one.Value);
            json.WriteNumber("total", counts.Values.Sum());
            foreach (var word in JuxinTask.Words)
            {
                json.WriteNumber(word, Count(word));
            }

            if (Count("completed") + Count("failed") is > 0 and var ended)
            {
                json.WriteNumber("success_rate", Math.Round((double)Count("completed") / ended, 3));
            }
        });
    }
}
