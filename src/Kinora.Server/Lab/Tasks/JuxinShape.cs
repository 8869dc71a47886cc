using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>Juxin's two formats on one host (juxinapi.apifox.cn and leon30083/juxin-Sora-MCP, read 2026-11-21): the unified one, and OpenAI's for pictures and remixes. A job is at one door only.</summary>
internal sealed class JuxinShape : RelayShape
{
    private static readonly string[] _required = ["images", "model", "orientation", "prompt", "size", "duration", "watermark", "private"];

    public override string Name => "juxin-unified";

    public override IEnumerable<(string Prefix, string What)> Help => [("/juxin-unified", "Juxin: /v1/video/create and query, /v1/videos for files; a page with 200 at the wrong door")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/video/create", calls.Create);
        group.MapPost("/v1/videos", calls.Create);
        group.MapPost("/v1/videos/{id}/remix", calls.Create);
        group.MapGet("/v1/video/query", calls.Door.Answer(context => LookAsync(calls, context, context.Request.Query["id"].ToString(), atQuery: true)));
        group.MapGet("/v1/videos/{id}", calls.Door.Answer(context => LookAsync(calls, context, LabDoor.IdOf(context), atQuery: false)));
        routes.MapGet("/lab/files/juxin-unified/{id}/{index:int}", calls.File);
    }

    public override string NewId() => $"sora-2:task_{Guid.NewGuid().ToString("N")[..26]}";

    public override string NewId(HttpContext context) => IsUnified(context) ? NewId() : "video_" + Guid.NewGuid();

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        if (IsUnified(context) && _required.FirstOrDefault(name => body[name] is null) is { } missing)
        {
            throw new TaskRefusal(400, "invalid_request", $"{missing} is required.");
        }

        if (IsUnified(context) && (body.Json?["images"] as JsonArray)?.Any(image => !$"{image}".StartsWith("http", StringComparison.Ordinal)) == true)
        {
            throw new TaskRefusal(400, "invalid_request", "images holds addresses only.");
        }

        return base.Read(context, body) with { Source = context.Request.RouteValues.TryGetValue("id", out var source) ? (string?)source : null };
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => IsUnified(context)
        ? new JsonObject { ["id"] = job.Id, ["status"] = "pending", ["status_update_time"] = job.CreatedAt.ToUnixTimeMilliseconds() }
        : new JsonObject { ["id"] = job.Id, ["object"] = "video", ["model"] = "sora_video2", ["status"] = "queued", ["progress"] = 0, ["created_at"] = job.CreatedAt.ToUnixTimeSeconds() };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var flat = job.Id.StartsWith("video_", StringComparison.Ordinal);
        var inner = Word(job, look, "pending", flat ? "video_generating" : "processing", "completed", "failed");
        var view = new JsonObject { ["id"] = job.Id, ["status"] = !flat && look.State == LabState.Running && !Has(job, "numbers") && look.Word is null ? "pending" : inner };
        if (look.State != LabState.Ended)
        {
            view["progress"] = flat ? look.Progress : null;
            view["detail"] = flat ? null : new JsonObject
            {
                ["status"] = "pending",
                ["pending_info"] = new JsonObject { ["progress_pct"] = look.Progress / 100d, ["status"] = inner, ["failure_reason"] = null, ["generations"] = new JsonArray() },
            };
        }
        else if (job.Script.End != "completed")
        {
            Fail(view, job);
        }
        else if (Shown(job, link) is var shown)
        {
            var elsewhere = Has(job, "detail_link") || Has(job, "draft_link");
            view["video_url"] = elsewhere ? null : shown;
            view["thumbnail_url"] = context.Request.Scheme + "://" + context.Request.Host + "/lab/no-thumbnail";
            view["detail"] = new JsonObject
            {
                ["url"] = Has(job, "detail_link") ? shown : null,
                ["draft_info"] = Has(job, "draft_link") ? new JsonObject { ["downloadable_url"] = shown } : null,
            };
        }

        return view;
    }

    private static bool IsUnified(HttpContext context) => context.Request.Path.Value!.EndsWith("/video/create", StringComparison.Ordinal);

    private static Task LookAsync(TaskCalls calls, HttpContext context, string id, bool atQuery)
    {
        if (calls.TryFind(id, out var job) && atQuery == (id.StartsWith("video_", StringComparison.Ordinal) != Has(job, "other_door")))
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<!doctype html><title>Console</title>"), context.RequestAborted).AsTask();
        }

        return calls.LookAsync(context, id);
    }
}
