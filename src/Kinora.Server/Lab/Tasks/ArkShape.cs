using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>ModelArk's Seedance (npm @ai-sdk/bytedance 1.0.29; https://docs.byteplus.com/en/docs/ModelArk).</summary>
internal sealed class ArkShape : ContentShape
{
    private const string Tasks = "/api/v3/contents/generations/tasks";

    public override string Name => "ark";

    public override IEnumerable<(string Prefix, string What)> Help => [("/ark/api/v3", "Ark (Seedance): content with roles; DELETE stops only what waits, and deletes what has ended; a list without prompts")];

    protected override string[] Resolutions => ["720p", "480p", "1080p", "4k"];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost(Tasks, calls.Create);
        group.MapGet(Tasks, calls.Door.Answer(context => ListAsync(calls, context)));
        group.MapGet(Tasks + "/{id}", calls.Look);
        group.MapDelete(Tasks + "/{id}", Delete(calls));
        routes.MapGet("/lab/files/ark/{id}/{index:int}", calls.File);
    }

    public override string NewId() => $"cgt-{Guid.NewGuid():D}";

    public override JsonObject Error(int status, string code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["param"] = "", ["type"] = "BadRequest" } };

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["id"] = job.Id };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = Row(job, Word(job, look));
        if (link is not null)
        {
            view["content"] = new JsonObject { ["video_url"] = link };
            view["usage"] = new JsonObject { ["completion_tokens"] = 108_900, ["total_tokens"] = 108_900 };
        }
        else if (view["status"]!.ToString() == "failed")
        {
            view["error"] = job.Script.End == "moderation"
                ? new JsonObject { ["code"] = "OutputVideoSensitiveContentDetected", ["message"] = "The output video may contain sensitive information." }
                : new JsonObject { ["code"] = "InternalServiceError", ["message"] = "The script said so." };
        }

        return view;
    }

    // Seedance 2.5 takes its shape from what it begins with, and wants that said.
    protected override void Check(string model, IReadOnlyList<string> roles, int frames, string? ratio, int seconds)
    {
        var edits = roles.Contains("reference_video");
        if (model.Contains("seedance-2-5", StringComparison.Ordinal) && (((frames > 0 || edits) && ratio != "adaptive") || (edits && seconds != -1)))
        {
            throw new TaskRefusal(400, "InvalidParameter.TaskTypeConstraint", "ratio must be adaptive, and the duration of an edit -1.");
        }
    }

    private async Task ListAsync(TaskCalls calls, HttpContext context)
    {
        var query = context.Request.Query;
        var (page, size) = (int.Parse(query["page_num"].ToString()), int.Parse(query["page_size"].ToString()));
        var jobs = calls.Desk.Jobs.Where(job => job.Shape == Name && !job.Removed).ToList();
        await LabDoor.JsonAsync(context, new JsonObject
        {
            ["items"] = new JsonArray([.. jobs.Skip((page - 1) * size).Take(size).Select(job => (JsonNode)Row(job, "running"))]),
            ["total"] = jobs.Count,
        });
    }

    private static JsonObject Row(LabJob job, string word) => new() { ["id"] = job.Id, ["model"] = job.Model, ["status"] = word, ["created_at"] = job.CreatedAt.ToUnixTimeSeconds() };
}
