using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>xAI's videos (npm @ai-sdk/xai 5.0.12; https://docs.x.ai).</summary>
internal sealed class XaiShape : TaskShape
{
    public override string Name => "xai";

    public override IEnumerable<(string Prefix, string What)> Help => [("/xai/v1", "xAI: generations, edits, extensions; 202 while pending, without a body at first; cost in ticks")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/videos/generations", calls.Create);
        group.MapPost("/v1/videos/edits", calls.Create);
        group.MapPost("/v1/videos/extensions", calls.Create);
        group.MapGet("/v1/videos/{id}", calls.Look);
        routes.MapGet("/lab/files/xai/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) => status == 422
        ? new JsonObject { ["code"] = code, ["error"] = message }
        : new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code } };

    public override string? Prompt(LabBody body) => body.IsForm ? null : body["prompt"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var json = body.Json!;
        var path = context.Request.Path.Value!;
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            throw new TaskRefusal(400, "invalid_request", "prompt is required.");
        }

        if (!path.EndsWith("/generations", StringComparison.Ordinal) && json["video"]?["url"] is null)
        {
            throw new TaskRefusal(400, "invalid_request", "video.url is required.");
        }

        if (json["resolution"]?.ToString() == "1080p" && (json["reference_images"] is not null || body["model"] != "grok-imagine-video-1.5"))
        {
            throw new TaskRefusal(422, "invalid_request", "1080p is not available here.");
        }

        return new TaskWish(body["model"] ?? "grok-imagine-video", TaskWish.Frame(body["resolution"] ?? "480p", body["aspect_ratio"]), json["duration"]?.GetValue<int>() ?? 6);
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["request_id"] = job.Id };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        if (look.State != LabState.Ended)
        {
            context.Response.StatusCode = 202;
        }

        var view = new JsonObject { ["status"] = look.Say("pending", "pending", Ended(job.Script.End)), ["progress"] = look.Progress, ["model"] = job.Model };
        if (link is not null || (look.State == LabState.Ended && job.Script.End == "moderation"))
        {
            view["video"] = new JsonObject { ["url"] = link, ["duration"] = job.Seconds, ["respect_moderation"] = job.Script.End != "moderation" };
            view["usage"] = new JsonObject { ["cost_in_usd_ticks"] = (long)(job.Seconds * 800_000_000) };
        }
        else if (look.State == LabState.Ended)
        {
            view["error"] = new JsonObject { ["code"] = "lab_" + job.Script.End, ["message"] = "The script said so." };
        }

        return view;
    }

    // It has no word for a job that was stopped.
    private static string Ended(string end) => end switch { "completed" or "moderation" => "done", "expired" => "expired", _ => "failed" };
}
