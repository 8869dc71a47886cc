using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>Yunwu's unified format (its public clients, read 2026-11-21): a look answers with another id than the one that was given out.</summary>
internal sealed class YunwuShape : RelayShape
{
    public override string Name => "yunwu";

    public override IEnumerable<(string Prefix, string What)> Help => [("/yunwu", "Yunwu: ids with a colon, a look answers another id, success for done")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/video/create", calls.Create);
        group.MapGet("/v1/video/query", calls.Door.Answer(context => calls.LookAsync(context, context.Request.Query["id"].ToString())));
        routes.MapGet("/lab/files/yunwu/{id}/{index:int}", calls.File);
    }

    public override string NewId() => "jimeng:" + Guid.NewGuid();

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["id"] = job.Id, ["status"] = "pending", ["status_update_time"] = job.CreatedAt.ToUnixTimeMilliseconds() };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = new JsonObject { ["id"] = "upstream-" + LabLedger.Fingerprint(job.Id), ["status"] = Word(job, look, "pending", "processing", "success", "failed"), ["progress"] = look.Progress };
        if (look.State == LabState.Ended && job.Script.End != "completed")
        {
            Fail(view, job);
        }
        else if (link is not null)
        {
            view["video_url"] = Has(job, "detail_link") ? null : Shown(job, link);
            view["detail"] = Has(job, "detail_link") ? new JsonObject { ["video_url"] = link } : null;
        }

        return view;
    }
}
