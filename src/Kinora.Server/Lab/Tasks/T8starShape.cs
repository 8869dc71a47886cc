using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>The "v2" format of t8star and its like (its public clients, read 2026-11-21).</summary>
internal sealed class T8starShape : RelayShape
{
    public override string Name => "t8star";

    public override IEnumerable<(string Prefix, string What)> Help => [("/t8star", "t8star v2: upper-case words, progress as \"30%\", data.output")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v2/videos/generations", calls.Create);
        group.MapGet("/v2/videos/generations/{id}", calls.Look);
        routes.MapGet("/lab/files/t8star/{id}/{index:int}", calls.File);
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["task_id"] = job.Id };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = new JsonObject
        {
            ["task_id"] = job.Id,
            ["platform"] = "sora",
            ["action"] = "GENERATE",
            ["status"] = Word(job, look, "NOT_START", "IN_PROGRESS", "SUCCESS", "FAILURE").ToUpperInvariant(),
            ["progress"] = $"{look.Progress}%",
            ["fail_reason"] = "",
            ["data"] = new JsonObject { ["output"] = Has(job, "detail_link") ? null : Shown(job, link), ["outputs"] = Has(job, "detail_link") ? new JsonArray(link) : null },
        };
        if (look.State == LabState.Ended && job.Script.End != "completed")
        {
            Fail(view, job);
        }

        return view;
    }
}
