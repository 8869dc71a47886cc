using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>new-api's neutral format in its wrapper (https://github.com/QuantumNous/new-api, `dto/openai_video.go`, and its public clients, read 2026-11-21): a job that failed is answered by an error with 200.</summary>
internal sealed class NewApiNeutralShape : RelayShape
{
    public override string Name => "new-api-neutral";

    public override IEnumerable<(string Prefix, string What)> Help => [("/new-api-neutral", "new-api: {code:\"success\",data}, upper-case words; a failure is {code,message} with 200")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/video/generations", calls.Create);
        group.MapGet("/v1/video/generations/{id}", calls.Look);
        routes.MapGet("/lab/files/new-api-neutral/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) => new() { ["code"] = code, ["message"] = message, ["data"] = null };

    public override JsonObject Accepted(HttpContext context, LabJob job) => Wrapped(new JsonObject { ["task_id"] = job.Id });

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = new JsonObject
        {
            ["task_id"] = job.Id,
            ["status"] = Word(job, look, "SUBMITTED", "IN_PROGRESS", "SUCCESS", "FAILURE").ToUpperInvariant(),
            ["progress"] = $"{look.Progress}%",
            ["url"] = Has(job, "detail_link") ? null : Shown(job, link),

            // Where newer builds keep the link of a job that went well.
            ["fail_reason"] = Has(job, "detail_link") ? link : "",
        };
        if (look.State != LabState.Ended || job.Script.End is not ("failed" or "moderation"))
        {
            return Wrapped(view);
        }

        if (job.Script.Quirk.Count == 0)
        {
            return Error(200, job.Script.End == "moderation" ? "content_policy_violation" : "task_failed", "The script said so.");
        }

        Fail(view, job);
        return Wrapped(view);
    }

    private static JsonObject Wrapped(JsonObject data) => new() { ["code"] = "success", ["message"] = "", ["data"] = data };
}
